// The acts on what waits, each with its key, and the reason that none goes without.
import { useEffect, useRef, useState } from "react";
import type { Decide } from "@/api/types";
import { Refused } from "@/components/async";
import { t } from "@/strings";
import { useDecide } from "../api/decide";
import { shared, type Waiting } from "../lib/waiting";

export interface Act {
  key: string;
  label: string;
  help: string;
  className: string;
  on: Waiting["what"][];
  body: (one: Waiting) => Omit<Decide, "reason"> | undefined;
}

const named = (act: Decide["act"]) => (one: Waiting) => ({ act, a: one.id });

// The one list of the acts and their keys: buttons and the line of help are made from it.
export const ACTS: Act[] = [
  {
    key: "c",
    label: t.queue.confirm,
    help: t.queue.confirmHelp,
    className: "good",
    on: ["event", "finding", "link"],
    body: named("confirm"),
  },
  {
    key: "r",
    label: t.queue.reject,
    help: t.queue.rejectHelp,
    className: "bad",
    on: ["event", "finding", "link"],
    body: named("reject"),
  },
  {
    key: "g",
    label: t.queue.generic,
    help: t.queue.genericHelp,
    className: "",
    on: ["link"],
    body: (one) => {
      const value = one.what === "link" ? shared(one.link) : undefined;
      return value ? { act: "generic", a: value } : undefined;
    },
  },
  {
    key: "e",
    label: t.queue.exculpatory,
    help: t.queue.exculpatoryHelp,
    className: "",
    on: ["event", "finding", "link"],
    body: named("exculpatory"),
  },
  {
    key: "h",
    label: t.queue.shelter,
    help: t.queue.shelterHelp,
    className: "",
    on: ["event"],
    body: named("shelter"),
  },
  {
    key: "x",
    label: t.risk.mark,
    help: t.risk.markHelp,
    className: "bad",
    on: ["event", "person"],
    body: named("risk"),
  },
  {
    key: "n",
    label: t.risk.off,
    help: t.risk.offHelp,
    className: "",
    on: ["event", "person"],
    body: named("no-risk"),
  },
];

export const possible = (one: Waiting) =>
  ACTS.filter((each) => each.on.includes(one.what) && each.body(one));

interface Props {
  one: Waiting;
  act: Act | undefined;
  choose: (act: Act | undefined) => void;
  decided: (name: string) => void;
}

export function Deciding({ one, act, choose, decided }: Props) {
  const offered = possible(one);
  const chosen = act && offered.includes(act) ? act : undefined;
  if (!offered.length) return null;
  return (
    <section className="panel deciding" aria-label={t.queue.decide}>
      <div className="row">
        {offered.map((each) => (
          <button
            type="button"
            key={each.key}
            className={`button ${each.className}`}
            aria-pressed={each === chosen}
            onClick={() => choose(each)}
          >
            {each.label} <kbd>{each.key}</kbd>
          </button>
        ))}
      </div>
      {chosen && <Reason one={one} act={chosen} choose={choose} decided={decided} />}
    </section>
  );
}

function Reason({ one, act, choose, decided }: Props & { act: Act }) {
  const [reason, setReason] = useState("");
  const deciding = useDecide(() => decided(act.label));
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), [act]);
  const body = act.body(one);
  const send = () => {
    if (body && reason.trim() && !deciding.isPending) deciding.mutate({ ...body, reason });
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
        if (event.key === "Escape") choose(undefined);
      }}
    >
      <p>
        <b>{act.label}.</b> {act.help}
      </p>
      <label className="field">
        <span>{t.reason.field}</span>
        <textarea
          ref={field}
          className="input"
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          required
          maxLength={4000}
          dir="auto"
        />
        <small>{t.reason.help}</small>
      </label>
      {deciding.error && <Refused error={deciding.error} />}
      <div className="row">
        <button
          type="submit"
          className="button main-act"
          disabled={!reason.trim() || deciding.isPending}
        >
          {t.queue.decide}
        </button>
        <button type="button" className="button" onClick={() => choose(undefined)}>
          {t.cancel}
        </button>
      </div>
    </form>
  );
}
