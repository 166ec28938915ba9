// A sourced observation, sealed like any exhibit.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "wouter";
import { post } from "@/api/client";
import { useConsents } from "@/api/get-consents";
import type { Noted } from "@/api/types";
import { Refused } from "@/components/async";
import { Page, Panel } from "@/components/panel";
import { itemUrl } from "@/lib/url";
import { t } from "@/strings";

export default function Note() {
  const client = useQueryClient();
  const consents = useConsents().data?.consents.filter((one) => !one.over) ?? [];
  const note = useMutation({
    mutationFn: (form: FormData) =>
      post<Noted>("note", {
        text: String(form.get("text")),
        time: time(String(form.get("time") ?? "")),
        place: String(form.get("place") ?? "").trim() || null,
        source: String(form.get("source") ?? "").trim() || null,
        given: String(form.get("given") ?? "") || null,
      }),
    onSuccess: () => client.invalidateQueries(),
  });
  return (
    <Page title={t.note.title} help={t.note.help}>
      <Panel title={t.note.act}>
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            note.mutate(new FormData(event.currentTarget));
          }}
        >
          <label className="field">
            <span>{t.note.text}</span>
            <textarea className="input" name="text" rows={6} required dir="auto" />
          </label>
          <div className="split">
            <label className="field">
              <span>{t.note.time}</span>
              <input className="input" type="datetime-local" name="time" />
              <small>{Intl.DateTimeFormat().resolvedOptions().timeZone}</small>
            </label>
            <label className="field">
              <span>{t.note.place}</span>
              <input className="input" name="place" dir="auto" />
            </label>
          </div>
          <label className="field">
            <span>{t.note.source}</span>
            <input className="input" name="source" dir="auto" />
          </label>
          <label className="field">
            <span>{t.note.given}</span>
            <select className="input" name="given">
              <option value="">{t.note.givenNone}</option>
              <option value="public">{t.note.givenPublic}</option>
              {consents.map((one) => (
                <option key={one.number} value={one.number}>
                  {one.number}. {one.giver}
                </option>
              ))}
            </select>
          </label>
          {note.error && <Refused error={note.error} />}
          {note.data && (
            <p className="notice good" role="status">
              <span>
                {t.note.done} <Link href={itemUrl(note.data.event)}>{t.open}</Link>
              </span>
            </p>
          )}
          <span>
            <button type="submit" className="button main-act" disabled={note.isPending}>
              {t.note.act}
            </button>
          </span>
        </form>
      </Panel>
    </Page>
  );
}

/** The time as entered, with the offset that this machine keeps at that time. */
function time(entered: string): string | null {
  if (!entered) return null;
  const minutes = -new Date(entered).getTimezoneOffset();
  const two = (n: number) => String(Math.floor(Math.abs(n))).padStart(2, "0");
  return `${entered}${minutes < 0 ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`;
}
