export default function View() { return <p>network</p>; }
