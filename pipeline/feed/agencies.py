"""The news agencies, as they sign."""

import re

NAMES = (
    "dpa|afp|reuters|rtr|ap|apa|awp|sda|keystone-sda|ats|epd|kna|dts|dow jones|djn|bloomberg|ots|"
    "pte|vwd|sid|xinhua|yonhap|kyodo|tass|itar-tass|interfax|ansa|efe|belga|anp|pap|mti|cna|ddp|"
    "dapd|afx|taz"
)
_FURTHER = r"[^\W_]{2,12}(?:-[^\W_]{2,12})?"
BRACKET = re.compile(
    rf"\((?:[a-z]{{2,5}}/)?(?i:{NAMES})(?:-[^\W_]{{2,12}})?(?: (?:Broker|Newswires))?"
    rf"(?:(?: ?/ ?|-)(?:(?i:dow jones)|{_FURTHER})"
    rf"|(?:, ?| und | \+ | )(?i:{NAMES})(?:-[^\W_]{{2,5}})?){{0,5}}\)"
)
"""One or several agencies in brackets, such as `(dpa-AFX/Reuters)` or `(dpa/lhe)`."""

BARE = r"(?:dpa(?:-AFX)?|afp|epd|kna|sda|apa|awp|rtr|dapd|ddp)"
"""An agency without brackets, in the small letters in which no ordinary word is written."""

BARE_UPPER = r"(?:AFP|APA|EPD|KNA|SDA|DPA|DAPD|REUTERS|Reuters)"
"""An agency that is told from a word only beside a place in capitals."""
