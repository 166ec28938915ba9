// The purpose in force, always in sight; changing it reads the view again under the new one.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { purpose } from "@/api/client";
import { t } from "@/strings";

export function Purpose({ actor, authority }: { actor: string; authority: string }) {
  const [stated, setStated] = useState(purpose.get);
  const [open, setOpen] = useState(false);
  const client = useQueryClient();
  const state = (words: string) => {
    purpose.set(words);
    setStated(purpose.get());
    setOpen(false);
    void client.invalidateQueries();
  };
  const inForce = stated || authority || t.purpose.authority; // the service's own default
  return (
    <div className="purpose">
      <span className="soft">{t.purpose.label}</span>
      <b title={inForce}>
        <bdi>{inForce}</bdi>
      </b>
      <button type="button" className="button" onClick={() => setOpen(true)}>
        {t.purpose.change}
      </button>
      <span className="soft" title={t.purpose.actor}>
        {actor}
      </span>
      {open && <Statement before={stated} state={state} close={() => setOpen(false)} />}
    </div>
  );
}

interface Props {
  before: string;
  state: (words: string) => void;
  close: () => void;
}

function Statement({ before, state, close }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="ask" onClose={close} aria-labelledby="purpose-title">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          state(String(new FormData(event.currentTarget).get("purpose") ?? ""));
        }}
      >
        <h2 id="purpose-title">{t.purpose.title}</h2>
        <p className="soft">{t.purpose.help}</p>
        <label className="field">
          <span>{t.purpose.field}</span>
          <textarea
            className="input"
            name="purpose"
            defaultValue={before}
            required
            maxLength={500}
            dir="auto"
          />
        </label>
        <div className="row">
          <button type="submit" className="button main-act">
            {t.purpose.state}
          </button>
          <button type="button" className="button" onClick={() => state("")}>
            {t.purpose.default}
          </button>
          <button type="button" className="button" onClick={close}>
            {t.cancel}
          </button>
        </div>
      </form>
    </dialog>
  );
}
