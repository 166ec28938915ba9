export default function View() { return <p>exhibits</p>; }
