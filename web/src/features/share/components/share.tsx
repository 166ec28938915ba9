export default function View() { return <p>share</p>; }
