// The words in the original: bytes of the sealed exhibit, read again, with their proof.
import { Link } from "wouter";
import type { Excerpt } from "@/api/types";
import { EvidenceWords } from "@/components/evidence-text";
import { itemUrl } from "@/lib/url";
import { count } from "@/lib/words";
import { t } from "@/strings";

export function Original({ excerpt }: { excerpt: Excerpt }) {
  const { first, last, verified } = excerpt;
  return (
    <figure className="original" data-verified={verified}>
      <pre dir="auto" className="evidence">
        <EvidenceWords text={excerpt.before} />
        <mark>
          <EvidenceWords text={excerpt.words} />
        </mark>
        <EvidenceWords text={excerpt.after} />
      </pre>
      <figcaption className="stack tight small">
        <span className={verified ? "badge good" : "badge bad"}>
          {verified ? `✓ ${t.why.verified}` : `✕ ${t.why.unverified}`}
        </span>
        <span className="soft break">
          <Link href={itemUrl(excerpt.exhibit)}>{t.item.exhibit}</Link> ·{" "}
          <span className="mono">{excerpt.locator}</span> ·{" "}
          {first === null || last === null
            ? t.why.whole
            : t.why.bytes(count(first), count(last))}
        </span>
        <span className="soft mono break">
          {t.item.sha} {excerpt.sha256}
        </span>
      </figcaption>
    </figure>
  );
}
