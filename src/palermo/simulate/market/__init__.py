"""Writes a market of adverts of any size, with its truth: who posted what, from which text.

The model, in the order in which it is drawn:

- An **operator** is who posts: the unit of identity. How many adverts one posts is heavy-tailed
  (Pareto, exponent 1: half post once, the largest thousands of times). Each has a country, a language, a
  trade, a home town, and some move along a circuit of towns and back.
- An operator's **contacts** are two lines: one in nearly every advert, one in about half. Of half
  of the operators the first line is a burner: after some adverts the next number takes over, and
  around the change both are given, so that numbers hang together through shared adverts.
- A **template** is a text: sentences, fixed words, and slots (town, price, contact, some days,
  hours and counts) that each advert fills. Operators have one or several. Some copy a popular text
  that strangers use too: a trap. A posting can also be put up again, word for word.
- **Noise**: most adverts follow their template; of some 2 % of the words are mistyped, dropped or
  replaced, of some 15 %.
- **Common contacts** are in many strangers' adverts and are nobody's own: an agency's
  switchboard, help lines, hotels, taxis, the site's own number, lists of other people's contacts.
- **Hidden contacts**: some are written with letters for digits, in words, in other digits, with
  keycaps, spelled out.
- **Sites** differ in HTML, time format and transfer. A page is one advert, or a list of several;
  postings are captured anew on later days. All adverts of a day lie in that day's folder.

Everything is a function of the seed and of running numbers (`dice`), so that neither the number of
processes nor the order of work changes a byte. All contacts are fictional: numbers from the ranges
that regulators keep free for drama, names at example domains. There are 191,900 such
numbers; where a country's are used up (from some 800,000 adverts on), accounts and e-mail addresses
take the place of what is missing.
"""

from palermo.simulate.market.plan import Plan
from palermo.simulate.market.texts import texts
from palermo.simulate.market.write import Summary, write_market

__all__ = ["Plan", "Summary", "texts", "write_market"]
