// A dialogue that asks for a reason before it acts; the platform's own, so focus stays in it.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { post } from "@/api/client";
import type { Decide, Decided, Risk } from "@/api/types";
import { t } from "@/strings";
import { Refused } from "./async";

interface Props {
  title: string;
  help: string;
  act: string;
  decide: Omit<Decide, "reason">;
  children?: ReactNode; // further fields, in the same form
  change?: (form: FormData) => Partial<Decide>;
  close: () => void;
}

/** Asks for a reason; what is done with it, `submit` says. */
export function Reason({
  title,
  help,
  note,
  act,
  busy = false,
  error,
  children,
  submit,
  close,
}: {
  title: string;
  help: string;
  note?: string; // below the field
  act: string;
  busy?: boolean;
  error?: Error | null;
  children?: ReactNode;
  submit: (reason: string, form: FormData) => void;
  close: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const [reason, setReason] = useState("");
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="ask" onClose={close} aria-labelledby={heading}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit(reason.trim(), new FormData(event.currentTarget));
        }}
      >
        <h2 id={heading}>{title}</h2>
        <p className="soft">{help}</p>
        {children}
        <label className="field">
          <span>{t.reason.field}</span>
          <textarea
            className="input"
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            required
            maxLength={4000}
            autoFocus
            dir="auto"
          />
          {note && <small>{note}</small>}
        </label>
        {error && <Refused error={error} />}
        <div className="row">
          <button type="submit" className="button main-act" disabled={!reason.trim() || busy}>
            {act}
          </button>
          <button type="button" className="button" onClick={close}>
            {t.cancel}
          </button>
        </div>
      </form>
    </dialog>
  );
}

export function Ask({ title, help, act, decide, children, change, close }: Props) {
  const client = useQueryClient();
  const deciding = useMutation({
    mutationFn: ({ reason, form }: { reason: string; form: FormData }) =>
      post<Decided>("decide", { ...decide, ...change?.(form), reason }),
    onSuccess: async () => {
      await client.invalidateQueries();
      close();
    },
  });
  return (
    <Reason
      title={title}
      help={help}
      note={t.reason.help}
      act={act}
      busy={deciding.isPending}
      error={deciding.error}
      submit={(reason, form) => deciding.mutate({ reason, form })}
      close={close}
    >
      {children}
    </Reason>
  );
}

/** A button that opens `Ask`. */
export function AskButton({
  label,
  className = "",
  ...ask
}: Omit<Props, "close"> & { label: string; className?: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className={`button ${className}`} onClick={() => setOpen(true)}>
        {label}
      </button>
      {open && <Ask {...ask} close={() => setOpen(false)} />}
    </>
  );
}

/** Marks a risk to life or to a child, or takes the mark off. */
export function RiskButton({ id, risk }: { id: string; risk: Risk | null | undefined }) {
  const label = risk ? t.risk.off : t.risk.mark;
  return (
    <AskButton
      label={label}
      title={label}
      help={risk ? t.risk.offHelp : t.risk.markHelp}
      act={t.queue.decide}
      decide={{ act: risk ? "no-risk" : "risk", a: id }}
    />
  );
}
