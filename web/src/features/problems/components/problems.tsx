export default function View() { return <p>problems</p>; }
