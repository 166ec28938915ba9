// The form that records a consent.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { post } from "@/api/client";
import type { Consents } from "@/api/types";
import { Refused } from "@/components/async";
import { Panel } from "@/components/panel";
import { t } from "@/strings";

const AGES = ["unknown", "child", "adult"] as const;

export function Give() {
  const client = useQueryClient();
  const [age, setAge] = useState<string>("unknown");
  const give = useMutation({
    mutationFn: (form: FormData) => {
      const said = (name: string) => String(form.get(name) ?? "").trim();
      return post<Consents>("consent", {
        giver: said("giver"),
        purpose: said("purpose"),
        language: said("language"),
        age,
        guardian: said("guardian") || null,
        preference: said("preference") || null,
        recipients: said("recipients")
          .split("\n")
          .map((line) => line.trim())
          .filter(Boolean),
        until: said("until") || null,
      });
    },
    onSuccess: () => client.invalidateQueries(),
  });
  return (
    <Panel title={t.consent.act}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          give.mutate(new FormData(event.currentTarget));
        }}
      >
        <div className="split">
          <Field name="giver" label={t.consent.giver} hint={t.consent.giverHint} required />
          <Field name="language" label={t.consent.language} hint={t.consent.languageHint} required />
        </div>
        <Field name="purpose" label={t.consent.purpose} required />
        <div className="split">
          <label className="field">
            <span>{t.consent.age}</span>
            <select className="input" value={age} onChange={(event) => setAge(event.target.value)}>
              {AGES.map((band) => (
                <option key={band} value={band}>
                  {t.consent.ages[band]}
                </option>
              ))}
            </select>
          </label>
          <Field
            name="guardian"
            label={t.consent.guardian}
            hint={t.consent.guardianHint}
            required={age !== "adult"}
          />
        </div>
        <div className="split">
          <Field name="preference" label={t.consent.preference} />
          <Field name="until" label={t.consent.until} type="date" />
        </div>
        <label className="field">
          <span>{t.consent.recipients}</span>
          <textarea className="input" name="recipients" rows={2} dir="auto" />
          <small>{t.consent.recipientsHint}</small>
        </label>
        {give.error && <Refused error={give.error} />}
        {give.data?.consents[0] && (
          <p className="notice good" role="status">
            {t.consent.done(give.data.consents[0].number)}
          </p>
        )}
        <span>
          <button type="submit" className="button main-act" disabled={give.isPending}>
            {t.consent.act}
          </button>
        </span>
      </form>
    </Panel>
  );
}

type Named = { name: string; label: string; hint?: string; required?: boolean; type?: string };

function Field({ name, label, hint, required, type }: Named) {
  return (
    <label className="field">
      <span>{label}</span>
      <input className="input" name={name} type={type} required={required} dir="auto" />
      {hint && <small>{hint}</small>}
    </label>
  );
}
