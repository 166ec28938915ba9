// A sealed exhibit: where it came from, and its digest.
import { Link } from "wouter";
import type { Exhibit, Picture as Pictured } from "@/api/types";
import { EvidenceWords } from "@/components/evidence-text";
import { Panel } from "@/components/panel";
import { Pictures } from "@/components/picture";
import { local } from "@/lib/time";
import { itemUrl } from "@/lib/url";
import { bytes, count, readable } from "@/lib/words";
import { t } from "@/strings";

interface Props {
  exhibit: Exhibit;
  pictures: Pictured[];
}

export function ExhibitItem({ exhibit, pictures }: Props) {
  const stated = Object.entries(exhibit.statement).filter(([, value]) => value);
  return (
    <>
      {pictures.length > 0 && (
        <Panel title={pictures.length > 1 ? t.picture.many : t.picture.one}>
          <Pictures pictures={pictures} />
        </Panel>
      )}
      <div className="split">
        <Panel title={t.item.sealed}>
          <dl className="facts">
            <dt>{t.item.origin}</dt>
            <dd>
              <EvidenceWords text={exhibit.origin} />
            </dd>
            <dt>{t.item.sha}</dt>
            <dd className="mono">{exhibit.sha256}</dd>
            <dt>{t.item.size}</dt>
            <dd>
              {bytes(exhibit.size)} <span className="soft">({count(exhibit.size)} bytes)</span>
            </dd>
            <dt>{t.item.acquired}</dt>
            <dd>
              {local(exhibit.acquired, "UTC")} UTC, {exhibit.acquired_by}, {readable(exhibit.method)}
            </dd>
            {exhibit.parent && (
              <>
                <dt>{t.item.parent}</dt>
                <dd>
                  <Link href={itemUrl(exhibit.parent)} className="mono">
                    {exhibit.parent.slice(0, 12)}…
                  </Link>
                </dd>
              </>
            )}
            <dt>{t.exhibits.read}</dt>
            <dd>{exhibit.decoder ?? t.exhibits.notUnderstood}</dd>
            <dt>{t.exhibits.events}</dt>
            <dd>{count(exhibit.events)}</dd>
            <dt>{t.exhibits.problems}</dt>
            <dd>{count(exhibit.problems)}</dd>
          </dl>
        </Panel>
        <Panel title={t.item.statement}>
          {stated.length ? (
            <dl className="facts">
              {stated.map(([name, value]) => (
                <div key={name} style={{ display: "contents" }}>
                  <dt>{readable(name)}</dt>
                  <dd>
                    <EvidenceWords text={value ?? ""} />
                  </dd>
                </div>
              ))}
            </dl>
          ) : (
            <p className="soft">{t.none}</p>
          )}
        </Panel>
      </div>
    </>
  );
}
