// One consent, and the form that records that it was withdrawn.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { post } from "@/api/client";
import type { Consent, Consents } from "@/api/types";
import { Refused } from "@/components/async";
import { many } from "@/lib/words";
import { t } from "@/strings";

export function One({ consent }: { consent: Consent }) {
  const [asked, setAsked] = useState(false);
  return (
    <article aria-label={`${t.consent.title} ${consent.number}`}>
      <h3>
        {consent.number}. <span dir="auto">{consent.giver}</span>{" "}
        <span className={consent.over ? "badge warn" : "badge"}>
          {consent.over ? t.consent.over : t.consent.inForce}
        </span>
      </h3>
      <dl className="facts">
        <dt>{t.consent.purpose}</dt>
        <dd dir="auto">{consent.purpose}</dd>
        <dt>{t.consent.age}</dt>
        <dd>
          {t.consent.ages[consent.age]}
          {consent.guardian && ` · ${t.consent.guardian}: ${consent.guardian}`}
        </dd>
        <dt>{t.consent.language}</dt>
        <dd>{consent.language}</dd>
        <dt>{t.consent.recipients}</dt>
        <dd dir="auto">{consent.recipients.join(", ") || t.consent.nobody}</dd>
        {consent.preference && (
          <>
            <dt>{t.consent.preference}</dt>
            <dd dir="auto">{consent.preference}</dd>
          </>
        )}
        <dt>{t.consent.given}</dt>
        <dd>
          {consent.given} · {many(consent.exhibits, "exhibit")}
        </dd>
        {consent.over && (
          <>
            <dt>{t.consent.over}</dt>
            <dd dir="auto">
              {consent.over}
              {consent.reason && `: ${consent.reason}`}
            </dd>
          </>
        )}
      </dl>
      {!consent.withdrawn &&
        (asked ? (
          <Withdraw number={consent.number} />
        ) : (
          <button type="button" className="button" onClick={() => setAsked(true)}>
            {t.consent.withdraw}
          </button>
        ))}
    </article>
  );
}

function Withdraw({ number }: { number: number }) {
  const client = useQueryClient();
  const withdraw = useMutation({
    mutationFn: (reason: string) => post<Consents>("withdraw", { number, reason }),
    onSuccess: () => client.invalidateQueries(),
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        withdraw.mutate(String(new FormData(event.currentTarget).get("reason")));
      }}
    >
      <label className="field">
        <span>{t.consent.how}</span>
        <input className="input" name="reason" required dir="auto" />
        <small>{t.consent.consequence}</small>
      </label>
      {withdraw.error && <Refused error={withdraw.error} />}
      <span>
        <button type="submit" className="button main-act" disabled={withdraw.isPending}>
          {withdraw.isPending ? t.consent.withdrawing : t.consent.withdraw}
        </button>
      </span>
    </form>
  );
}
