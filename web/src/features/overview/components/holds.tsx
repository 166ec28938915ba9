// Counts of what the case holds, as figures and as bars by kind.
import { Link } from "wouter";
import type { Status } from "@/api/types";
import { kindColour } from "@/components/marks";
import { Panel } from "@/components/panel";
import { withParams } from "@/lib/url";
import { bytes, count, title, total } from "@/lib/words";
import { t } from "@/strings";

export function Holds({ status }: { status: Status }) {
  const figures: [string, number, string][] = [
    [t.overview.events, total(status.events), "/search"],
    [t.overview.identities, status.identities, "/network"],
    [t.overview.exhibits, status.exhibits, "/exhibits"],
    [t.overview.persons, status.persons, "/review"],
    [t.overview.decisions, status.decisions, "/review?log=1"],
    [t.overview.packages, status.packages, "/share"],
  ];
  return (
    <Panel
      title={t.overview.holds}
      side={<span className="soft small">{bytes(status.bytes)}</span>}
      bare
    >
      <div className="holds">
        {figures.map(([label, figure, href]) => (
          <Link key={label} href={href}>
            <b>{count(figure)}</b>
            <span className="soft small">{label}</span>
          </Link>
        ))}
      </div>
      <Bars label={t.overview.events} counts={status.events} coloured />
      <Bars label={t.overview.claims} counts={status.claims} />
      <Bars label={t.overview.links} counts={status.links} />
    </Panel>
  );
}

const SHOWN = 9; // kinds with a bar

interface BarsProps {
  label: string;
  counts: Record<string, number>;
  coloured?: boolean;
}

function Bars({ label, counts, coloured = false }: BarsProps) {
  const rows = Object.entries(counts)
    .sort((a, b) => b[1] - a[1])
    .slice(0, SHOWN);
  const most = Math.max(1, ...rows.map(([, n]) => n));
  if (!rows.length) return null;
  return (
    <div className="bars">
      <h3>{label}</h3>
      {rows.map(([kind, n]) => {
        const bar = (
          <>
            <span>{title(kind)}</span>
            <span
              className="bar"
              style={{
                width: `${(100 * n) / most}%`,
                background: coloured ? kindColour(kind) : undefined,
              }}
            />
            <span className="number">{count(n)}</span>
          </>
        );
        return coloured ? (
          <Link key={kind} href={withParams("/search", { kind })}>
            {bar}
          </Link>
        ) : (
          <div key={kind}>
            {bar}
          </div>
        );
      })}
    </div>
  );
}
