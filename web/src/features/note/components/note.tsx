export default function View() { return <p>note</p>; }
