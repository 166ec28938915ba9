// The small signs that say how far something can be trusted.
import type { Risk } from "@/api/types";
import { t } from "@/strings";
import { strength, title } from "@/lib/words";
import { EvidenceWords } from "./evidence-text";

/** A risk to life or to a child, with its reason; nothing where there is none. */
export function RiskMark({ risk }: { risk: Risk | null | undefined }) {
  if (!risk) return null;
  return (
    <span className="row small break risk">
      <strong className="badge bad">{t.risk.to(risk.to)}</strong>
      <EvidenceWords text={risk.why} />
    </span>
  );
}

export function ReviewMark({ reviewed }: { reviewed: boolean }) {
  return reviewed ? (
    <span className="badge good">✓ {t.review_.confirmed}</span>
  ) : (
    <span className="badge machine" title={t.review_.machineHelp}>
      {t.review_.machine}
    </span>
  );
}

export function DecisionMark({ decision }: { decision: string | null }) {
  if (decision === "confirm") return <span className="badge good">✓ {t.review_.confirmed}</span>;
  if (decision === "reject") return <span className="badge bad">✕ {t.review_.rejected}</span>;
  if (decision) return <span className="badge warn">{title(decision)}</span>;
  return (
    <span className="badge machine" title={t.review_.machineHelp}>
      {t.review_.machineSuggests}
    </span>
  );
}

export function Score({ score }: { score: number }) {
  return (
    <span className="badge" title={t.score.help}>
      {strength(score)} · {score.toFixed(2)}
    </span>
  );
}

const KINDS = new Set(
  "advert page message call payment balance position photograph tip note".split(" "),
);

export const kindColour = (kind: string) =>
  KINDS.has(kind) ? `var(--kind-${kind})` : "var(--ink-soft)";

export function KindMark({ kind }: { kind: string }) {
  return (
    <span className="row" style={{ gap: 6, flexWrap: "nowrap" }}>
      <span className="dot" style={{ background: kindColour(kind) }} aria-hidden="true" />
      {title(kind)}
    </span>
  );
}
