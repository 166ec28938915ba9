export default function View() { return <p>custody</p>; }
