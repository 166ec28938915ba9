// The way back: from any output, step by step, to the words in the sealed original.
import { Link } from "wouter";
import type { Step } from "@/api/types";
import { Answered } from "@/components/async";
import { EntriesTable } from "@/components/entries-table";
import { EvidenceWords } from "@/components/evidence-text";
import { Page, Panel } from "@/components/panel";
import { itemUrl, useId } from "@/lib/url";
import { t } from "@/strings";
import { useWhy } from "../api/get-why";
import { Original } from "./original";
import "./why.css";

export default function Why() {
  const id = useId();
  return (
    <Answered query={useWhy(id)}>
      {(why) => (
        <Page
          title={t.why.title}
          head={t.why.of}
          side={
            <Link href={itemUrl(id)} className="button">
              {t.open}
            </Link>
          }
        >
          <div className="way">
            <Panel title={t.why.chain} bare>
              <Chain steps={why.steps} />
            </Panel>
            <div className="stack">
              <Panel title={t.why.original}>
                {why.excerpts.length ? (
                  <div className="stack">
                    <p className="soft small">{t.why.originalHelp}</p>
                    {why.excerpts.map((excerpt, i) => (
                      <Original excerpt={excerpt} key={i} />
                    ))}
                  </div>
                ) : (
                  <p className="empty">{t.why.none}</p>
                )}
              </Panel>
              <Panel title={t.why.custody} bare>
                <EntriesTable entries={why.custody} />
              </Panel>
            </div>
          </div>
        </Page>
      )}
    </Answered>
  );
}

function Chain({ steps }: { steps: Step[] }) {
  const places = new Map(steps.map((step, i) => [step.id, i + 1]));
  return (
    <ol className="chain">
      {steps.map((step, i) => (
        <li key={step.id} id={`step-${i + 1}`} data-what={step.what}>
          <span className="place" aria-label={`${t.why.step} ${i + 1}`}>
            {i + 1}
          </span>
          <div className="stack tight">
            <span className="what">{t.item.kinds[step.what] ?? step.what}</span>
            {step.what === "custody" ? (
              <EvidenceWords text={step.text} />
            ) : (
              <Link href={itemUrl(step.id)} className="break">
                <EvidenceWords text={step.text || step.id} />
              </Link>
            )}
            <Rests on={step.rests_on} places={places} />
          </div>
        </li>
      ))}
    </ol>
  );
}

function Rests({ on, places }: { on: string[]; places: Map<string, number> }) {
  const known = on.map((id) => places.get(id)).filter((place) => place !== undefined);
  if (!known.length) return null;
  return (
    <span className="small soft">
      {t.why.rests}{" "}
      {known.map((place, i) => (
        <span key={place}>
          {i > 0 && ", "}
          <a href={`#step-${place}`}>{place}</a>
        </span>
      ))}
    </span>
  );
}
