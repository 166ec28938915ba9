// The template that near texts share: what stays, and what each text has in its slots.
import { Fragment } from "react";
import { Link } from "wouter";
import type { Template } from "@/api/types";
import { EvidenceWords } from "@/components/evidence-text";
import { Panel } from "@/components/panel";
import { itemUrl } from "@/lib/url";
import { many } from "@/lib/words";
import { t } from "@/strings";

const SHOWN = 12;

export function TemplatePanel({ template }: { template: Template }) {
  return (
    <Panel title={`${t.item.template}: ${many(template.adverts, "advert")}`}>
      <div className="stack">
        <p className="break">
          <EvidenceWords text={template.text} />
        </p>
        <dl className="facts">
          {template.slots.map((slot) => {
            const values = distinct(slot.values);
            return (
              <Fragment key={slot.name}>
                <dt>{`{${slot.name}}`}</dt>
                <dd className="row">
                  {values.slice(0, SHOWN).map(({ value, event, count }) => (
                    <Link key={value} href={itemUrl(event)}>
                      <EvidenceWords text={value} />
                      {count > 1 && <span className="soft"> ×{count}</span>}
                    </Link>
                  ))}
                  {values.length > SHOWN && t.of(String(SHOWN), String(values.length))}
                </dd>
              </Fragment>
            );
          })}
        </dl>
      </div>
    </Panel>
  );
}

/** Each value with how many texts have it and one that does, the most frequent first. */
function distinct(values: Record<string, string>) {
  const found = new Map<string, { value: string; event: string; count: number }>();
  for (const [event, value] of Object.entries(values)) {
    const known = found.get(value);
    if (known) known.count += 1;
    else found.set(value, { value, event, count: 1 });
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}
