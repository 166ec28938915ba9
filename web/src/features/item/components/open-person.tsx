// Opens a person under a label; only a human does.
import { AskButton } from "@/components/ask";
import { t } from "@/strings";

export function OpenPerson() {
  return (
    <AskButton
      label={t.item.openPerson}
      title={t.item.openPerson}
      help={t.item.openPersonWhy}
      act={t.queue.decide}
      decide={{ act: "open_person", a: "" }}
      change={(form) => ({ a: String(form.get("label")).trim() })}
    >
      <label className="field">
        <span>{t.item.labelField}</span>
        <input className="input" name="label" required maxLength={200} dir="auto" />
        <small>{t.item.labelHelp}</small>
      </label>
    </AskButton>
  );
}
