"""Sums of money in the characters that cannot be altered: 壹佰贰拾元整."""

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿")
CENTS = 100
TEN_THOUSAND = 10_000
MOST = TEN_THOUSAND ** len(GROUPS)


def in_characters(cents: int) -> str:
    """A sum in cents as it stands on a receipt; `ValueError` for what no receipt can show."""
    if not 0 <= cents < MOST * CENTS:
        message = f"not a sum for a receipt: {cents}"
        raise ValueError(message)
    yuan, rest = divmod(cents, CENTS)
    whole = _whole(yuan)
    jiao, fen = divmod(rest, 10)
    if not rest:
        return f"{whole or '零'}元整"
    told = f"{whole}元" if whole else ""
    if jiao:
        told += f"{DIGITS[jiao]}角"
    elif told:
        told += "零"
    return told + (f"{DIGITS[fen]}分" if fen else "整")


def _whole(yuan: int) -> str:
    told, gap, group = "", False, 0
    while yuan:
        yuan, part = divmod(yuan, TEN_THOUSAND)
        if part:
            words = _part(part) + GROUPS[group]
            told = words + ("零" if gap and told else "") + told
            gap = part < TEN_THOUSAND // 10
        elif told:
            gap = True
        group += 1
    return told


def _part(part: int) -> str:
    """Four figures or less; zeros between them are told once."""
    told, gap = "", False
    for place in reversed(range(len(PLACES))):
        figure = part // 10**place % 10
        if figure:
            told += ("零" if gap and told else "") + DIGITS[figure] + PLACES[place]
            gap = False
        else:
            gap = True
    return told
