// Text of evidence: hostile until proven otherwise. Always text, never markup; in its own
// direction; with the controls that reorder it made visible.
import { Fragment, type ReactNode } from "react";
import { controls, cut, type Span } from "@/lib/spans";

export interface Mark {
  className?: string;
  title?: string;
  onPick?: () => void;
  lit?: boolean;
}

interface Props {
  text: string;
  spans?: readonly Span<Mark>[];
  className?: string;
}

export function EvidenceText({ text, spans = [], className = "" }: Props) {
  return (
    <div dir="auto" className={`evidence ${className}`}>
      {cut(text, spans).map((piece) => (
        <Fragment key={piece.start}>{marked(visible(piece.text), piece.marks)}</Fragment>
      ))}
    </div>
  );
}

function marked(inner: ReactNode, marks: Mark[]): ReactNode {
  const mark = marks.at(-1);
  if (!mark) return inner;
  const title = marks.map((m) => m.title).filter(Boolean).join("; ");
  if (mark.className === "same") return <span className="same">{inner}</span>;
  if (!mark.onPick) return <mark title={title || undefined}>{inner}</mark>;
  return (
    <mark title={title} className={mark.lit ? "lit" : undefined}>
      <a
        href="#claims"
        onClick={(event) => {
          event.preventDefault();
          mark.onPick?.();
        }}
      >
        {inner}
      </a>
    </mark>
  );
}

function visible(text: string): ReactNode {
  const parts = controls(text);
  if (parts.length === 1 && !parts[0]?.control) return text;
  return parts.map((part, i) =>
    part.control ? (
      <span className="control" key={i} title="Unicode direction control, shown instead of obeyed">
        {part.text}
      </span>
    ) : (
      part.text
    ),
  );
}

/** One line of evidence text inside other text. */
export function EvidenceWords({ text }: { text: string }) {
  return <bdi className="evidence-words">{visible(text)}</bdi>;
}
