export default function View() { return <p>check</p>; }
