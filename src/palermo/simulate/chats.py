"""Writes chats as WhatsApp exports them: Android's and iOS's layouts, dates by country, two clocks."""

import io
import random
import zipfile
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from palermo.simulate import pictures
from palermo.simulate.intake import Evidence
from palermo.simulate.story import Chat, Message, Story
from palermo.simulate.writing import grouped

ZIP_TIME = (2025, 1, 1, 0, 0, 0)
LOCK = "Messages and calls are end-to-end encrypted. Only people in this chat can read them."


@dataclass(frozen=True, slots=True)
class Layout:
    """A phone's way of exporting. `day` and `clock` are strftime patterns; - drops a leading zero."""

    ios: bool
    day: str
    clock: str
    countries: tuple[str, ...]


LAYOUTS = (
    Layout(False, "%d/%m/%Y", "%H:%M", ("GB",)),
    Layout(False, "%d/%m/%y", "%H:%M", ("GB",)),
    Layout(False, "%d.%m.%y", "%H:%M", ("GB", "US")),
    Layout(False, "%-m/%-d/%y", "%-I:%M\u202f%p", ("US",)),
    Layout(False, "%d/%m/%Y", "%-I:%M %p", ("GB",)),
    Layout(False, "%Y-%m-%d", "%H:%M", ("GB", "US")),
    Layout(True, "%d/%m/%Y", "%H:%M:%S", ("GB",)),
    Layout(True, "%-m/%-d/%y", "%-I:%M:%S\u202f%p", ("US",)),
    Layout(True, "%d.%m.%Y", "%H:%M:%S", ("GB", "US")),
)


def _format(time: datetime, pattern: str) -> str:
    """Format like strftime, with %-d, %-m and %-I on every system and English AM and PM."""
    bare = {"%-d": time.day, "%-m": time.month, "%-I": time.hour % 12 or 12}
    for code, value in bare.items():
        pattern = pattern.replace(code, str(value))
    return time.strftime(pattern.replace("%p", "AM" if time.hour < 12 else "PM"))


def sender_text(phone: str) -> str:
    """Write a number as the messenger shows one that is not saved."""
    code = "+1" if phone.startswith("+1") else "+44"
    parts = grouped(phone)
    if code == "+1":
        return f"+1 ({parts[0]}) {parts[1]}-{parts[2]}"
    return f"{code} {' '.join(parts)}"


class Writer:
    """Writes one chat; attachments come out beside the text."""

    def __init__(self, story: Story, chat: Chat, layout: Layout, rng: random.Random) -> None:
        self._story = story
        self._chat = chat
        self._layout = layout
        self._rng = rng
        self._zone = ZoneInfo(chat.zone)
        self._me = story.actors[story.owner[f"phone:{chat.holder}"]].name
        self.attachments: dict[str, bytes] = {}

    def _line(self, time: datetime, sender: str, text: str) -> str:
        local = time.astimezone(self._zone)
        if not self._layout.ios:  # no seconds there
            local = local.replace(second=0)
        stamp = f"{_format(local, self._layout.day)}, {_format(local, self._layout.clock)}"
        name = f"{sender}: " if sender else ""
        if self._layout.ios:
            return f"[{stamp}] {name}{text}"
        return f"{stamp} - {name}{text}"

    def _name(self, sender: str) -> str:
        if sender == "me":
            return self._me
        return self._chat.shown.get(sender) or sender_text(sender)

    def _attach(self, message: Message) -> str:
        assert message.attachment is not None
        local = message.time.astimezone(self._zone)
        number = len(self.attachments) + 1
        if self._layout.ios:
            name = f"{number:08d}-PHOTO-{local:%Y-%m-%d-%H-%M-%S}.jpg"
            text = f"\u200e<attached: {name}>"
        else:
            name = f"IMG-{local:%Y%m%d}-WA{number:04d}.jpg"
            text = f"\u200e{name} (file attached)"
        self.attachments[name] = pictures.sent(self._story.seed, message.attachment)
        return text

    def text(self) -> str:
        messages = self._chat.messages
        other = self._name(self._chat.others[0])
        start = messages[0].time
        lines = [
            self._line(start, other if self._layout.ios else "", "\u200e" * self._layout.ios + LOCK)
        ]
        for message in messages:
            text = self._attach(message) if message.attachment else message.text
            lines.append(self._line(message.time, self._name(message.sender), text))
            if self._rng.random() < 0.03:
                lines.append(self._rng.choice(("—", "PS: ok?", "2) yes", "10:30")))
            if self._rng.random() < 0.02:
                hidden = "\u200eimage omitted" if self._layout.ios else "<Media omitted>"
                lines.append(self._line(message.time, self._me, hidden))
        return "\n".join(lines) + "\n"


def write_chats(evidence: Evidence) -> None:
    """Write every chat: some zipped with attachments, some as folders, some as text alone."""
    story = evidence.story
    rng = story.stream("chats")
    for number, chat in enumerate(c for c in story.chats if c.messages):
        country = "US" if chat.zone.startswith("America") else "GB"
        layout = rng.choice([item for item in LAYOUTS if country in item.countries])
        form = (
            rng.choice(("text", "zip", "folder"))
            if number > 2
            else ("text", "zip", "folder")[number]
        )
        if form != "text":
            for message in rng.sample(chat.messages, min(2, len(chat.messages))):
                home = story.actors[story.owner[f"phone:{chat.holder}"]].home
                message.attachment = story.shot(home, message.time)
        writer = Writer(story, chat, layout, rng)
        text = writer.text()
        title = f"WhatsApp Chat with {sender_text(chat.others[0])}"
        stated = {"zone": chat.zone, "region": country, "holder": f"phone:{chat.holder}"}
        folder = f"chats/{number + 1:02d}"
        if form == "zip":
            name = f"{folder} {title}.zip"
            inner = "_chat.txt" if layout.ios else f"{title}.txt"
            evidence.write(name, _zip({inner: text.encode(), **writer.attachments}), **stated)
        else:
            name = f"{folder}/{title}.txt"
            evidence.write(name, text)
            for file, data in writer.attachments.items():
                evidence.write(f"{folder}/{file}", data)
            evidence.state(f"{folder}/*", **stated)
        for other in chat.others:
            for written in (sender_text(other), other):
                if written in text:
                    evidence.bears(f"phone:{other}", written, name)
        for key in (ledger.holder for ledger in story.ledgers):
            if (account := key.split(":", 1)[1]) in text:
                evidence.bears(key, account, name)


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, ZIP_TIME)
            info.external_attr = 0o644 << 16
            info.create_system = 3
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
