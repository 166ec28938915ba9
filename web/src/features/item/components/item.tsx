export default function View() { return <p>item</p>; }
