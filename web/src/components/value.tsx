// A value of the case: a link to where it occurs, or its mark with a way to reveal it.
import { Link } from "wouter";
import type { Node } from "@/api/types";
import { itemUrl } from "@/lib/url";
import { readable } from "@/lib/words";
import { t } from "@/strings";
import { AskButton } from "./ask";
import { EvidenceWords } from "./evidence-text";

export function Value({ node, plain = false }: { node: Node; plain?: boolean }) {
  const kind = <span className="soft small">{readable(node.kind)} </span>;
  if (!node.masked)
    return (
      <span>
        {kind}
        <Link href={itemUrl(node.node)} className="value">
          <EvidenceWords text={node.shown} />
        </Link>
      </span>
    );
  return (
    <span className="row" style={{ display: "inline-flex", gap: 4 }}>
      {kind}
      <Link href={itemUrl(node.node)} className="value masked" title={t.masked.help}>
        <span aria-hidden="true">◼ </span>
        {node.shown}
      </Link>
      {!plain && (
        <AskButton
          label={t.masked.reveal}
          className="quiet small"
          title={t.masked.title}
          help={t.masked.why}
          act={t.masked.act}
          decide={{ act: "reveal", a: node.node }}
        />
      )}
    </span>
  );
}
