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

export function Ask({ title, help, act, decide, children, change, close }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const [reason, setReason] = useState("");
  const client = useQueryClient();
  const deciding = useMutation({
    mutationFn: (form: FormData) =>
      post<Decided>("decide", { ...decide, ...change?.(form), reason }),
    onSuccess: async () => {
      await client.invalidateQueries();
      close();
    },
  });
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="ask" onClose={close} aria-labelledby={heading}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          deciding.mutate(new FormData(event.currentTarget));
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
          <small>{t.reason.help}</small>
        </label>
        {deciding.error && <Refused error={deciding.error} />}
        <div className="row">
          <button
            type="submit"
            className="button main-act"
            disabled={!reason.trim() || deciding.isPending}
          >
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
