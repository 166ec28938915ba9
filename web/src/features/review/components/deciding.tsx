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

export const ACTS: Act[] = [
  {
    key: "c",
    label: t.queue.confirm,
    help: t.queue.confirmHelp,
    className: "good",
    on: ["finding", "link"],
    body: (one) => ({ act: "confirm", a: one.id }),
  },
  {
    key: "r",
    label: t.queue.reject,
    help: t.queue.rejectHelp,
    className: "bad",
    on: ["finding", "link"],
    body: (one) => ({ act: "reject", a: one.id }),
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
    on: ["finding", "link"],
    body: (one) => ({ act: "exculpatory", a: one.id }),
  },
];

interface Props {
  one: Waiting;
  act: Act | undefined;
  choose: (act: Act | undefined) => void;
  decided: (name: string) => void;
}

export function Deciding({ one, act, choose, decided }: Props) {
  const possible = ACTS.filter((each) => each.on.includes(one.what) && each.body(one));
  const chosen = act && possible.includes(act) ? act : undefined;
  if (!possible.length) return null;
  return (
    <section className="panel deciding" aria-label={t.queue.decide}>
      <div className="row">
        {possible.map((each) => (
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
