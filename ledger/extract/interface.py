"""A line that a page shows around its text, or an AI service around an answer: no words of it.

And what an assistant says before a report, set apart by a rule: "Here is your report."

"Thought for 12 seconds", "Export to Sheets", "… can make mistakes." come along when an answer is
copied, "Click here to expand", "Follow us on X", "© 2026 The Daily" when a page is saved,
"{{< figure >}}" where it is made of templates; agencies close their texts with "(Reporting by Ann
Roe; editing by Tom Lund)". They stay in the text as furniture, and claim and cite nothing.
"""

import re
from collections.abc import Sequence

from ledger.extract.classify import NO_PROSE, classify, is_closed
from ledger.patterns import later

_SERVICE = (
    r"(?:chatgpt|claude|gemini|copilot|bing|grok|perplexity|deepseek|leo|kimi|le chat|meta ai|qwen"
    r"|notebooklm)"
)
_CHAT = (
    r"https?://(?:www\.)?(?:chatgpt\.com|chat\.openai\.com|claude\.ai|gemini\.google\.com|grok\.com"
    r"|perplexity\.ai|pplx\.ai|copilot\.microsoft\.com|chat\.deepseek\.com|g\.co/gemini)\S*"
)
_MOMENT = (
    r"(?:[0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}),? "
    r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?[AP]M)?"
)
_RESERVED = (
    "all rights reserved|alle rechte vorbehalten|tous droits réservés"
    "|todos los derechos reservados|todos os direitos reservados|tutti i diritti riservati"
)
_OF_CALL = r"(?:(?:alt|caption|title)=\"[^\"\[\]{}\n]{0,300}\"|(?!://|[.!?。][\"'])[^{}\[\]\n])"
"""What calls a template, a piece at a time: no sentence but the words of a picture."""
_TASKS = r"(?:reporting|writing|editing|compiled)"
_OF_NAMES = (
    r"(?-i:[^\W\d_a-z][\w.'’-]{0,30})|and|in|at|for|by|from|with|of|the|additional"
    rf"|d[aeiu]|del|der|la|las|los|v[ao]n|al|bin|{_TASKS}"
)
"""The words with which agencies say who wrote a text, and where they were."""
_INTERFACE = later(
    r"(?:thought|reasoned|worked) for (?:a few |a couple of )?(?:[0-9]{1,4} ?)?"
    r"(?:s|m|sec|min|seconds?|minutes?)\b.{0,40}"
    r"|(?:searched|browsed|read) (?:the web|[0-9]{1,4} (?:sites?|sources?|websites?|pages?))"
    r"|(?:finished|show|hide|see my) thinking|thinking(?:\.{3}|…)|show (?:reasoning|steps)"
    r"|[0-9]{1,3} (?:results|sources|searches|steps completed)"
    r"|research completed in .{1,80}|(?:export|open) (?:to|in) (?:google )?(?:sheets|docs)"
    r"|in google (?:sheets|docs) exportieren|exporter vers (?:sheets|docs)"
    rf"|{_SERVICE} said:?|you said:?|conversation with {_SERVICE}|assistant steps|chat history"
    rf"|(?:{_SERVICE}|ai)(?: responses| answers)? (?:can|may) (?:make mistakes|include mistakes"
    r"|be inaccurate|display inaccurate info).{0,120}|ai-generated content may be incorrect\.?"
    rf"|(?:{_SERVICE} )?ai-generated\.?|ask a follow-?up|share · export · rewrite"
    rf"|answer from perplexity: (?:\[[^\[\]]{{1,300}}\]\({_CHAT}\)|{_CHAT}|pplx\.ai/share)"
    rf"|view (?:original|shared) (?:chat|thread):? {_CHAT}"
    r"|powered by \[?(?:chatgpt|claude|gemini) exporter.{0,80}"
    rf"|link: (?:\[[^\[\]]{{1,200}}\]\({_CHAT}\)|{_CHAT})"
    rf"|(?:created|updated|exported)(?: on| at)?: ?{_MOMENT}|{_MOMENT}"
    r"|user: [^:\n]{1,80} \([^\s()@]{1,80}@[^\s()@]{1,80}\)|(?-i:USER|ASSISTANT)"
    r"|(?:user|assistant):|\(?saved responses are view only\)?"
    r"|try it at https://consensus\.app\S*"
    r"|download (?:references|citations)"
    r"|click (?:here )?to (?:expand|enlarge|zoom)(?:\s?(?:\.{3}|…))?"
    r"|(?:copyright |[^\W_][^©.\n]{0,14} )?(?:©|&copy;|(?<=copyright )\(c\)) ?.{0,60}"
    r"(?:19|20)[0-9]{2}.{0,160}"
    rf"|(?:{_RESERVED}).{{0,60}}|pmc (?:copyright notice|disclaimer)"
    r"|(?:this (?:article )?is an open[- ]access article|open[- ]access:? this article is).{0,80}"
    r"(?:licen[sc]e|creative commons|cc[- ]by).{0,160}"
    r"|this (?:article|work|paper|text|post|page) is (?:distributed |published |made available )?"
    r"(?:licen[sc]ed )?under (?:the terms of )?(?:the |a )?(?:creative commons|cc[- ]by).{0,160}"
    r"|(?!.{0,400}\[\^?[0-9])(?:you are using an outdated browser[,.].{0,200}"
    r"|this (?:page|site|website) is best viewed (?:in|with) .{0,60}\bbrowser\b.{0,320})"
    r"|this page (?:was )?last (?:modified|edited|updated|changed|reviewed)(?: on| at|:)? {0,2}\[?"
    r".{0,24}[0-9]{1,4}(?:[ ,T]{1,2}(?:at )?[0-9:]{4,8})?(?:\]\([^()\s]{1,300}\))?"
    r"(?: ?\(?[a-z]{3,4}\)?)?\.?"
    r"|(?:subscribe|sign up) (?:to|for) (?:our|the) [^\[\].!?\n]{0,60}newsletters?"
    r"[^\[\].!?\n]{0,40}[.!]?"
    r"|follow us on (?:facebook|twitter|x|instagram|linkedin|telegram|youtube|whatsapp|bluesky"
    r"|mastodon|threads|tiktok)\b[^\[\].!?\n]{0,80}[.!]?"
    r"|(?!.{0,160}://)read (?:more|also|next):\s?[^\[\].\n]{3,150}|comments? \([0-9]{1,5}\)"
    r"|(?:photo|image)(?: credit)?: [^\[\].!?\n]{3,60}"
    r"|已深度思考（用时 ?[0-9]{1,5} ?秒）|已阅读 ?[0-9]{1,3} ?个网页|搜索到 ?[0-9]{1,3} ?篇资料"
    r"|本回答由 ?AI ?生成.{0,40}"
    r"|.?(?:icp ?[备证] ?[0-9]{1,10} ?号?(?:-[0-9]{1,3})?|公网安备 ?[0-9]{6,20} ?号?)"
    r"|(?:互联网新闻信息服务|信息网络传播视听节目|增值电信业务经营|广播电视节目制作经营|网络文化经营)许可证.{0,40}"
    rf"|\{{(?:\{{[<%]|% (?!cit|ref)){_OF_CALL}{{1,380}}+(?<=[>%])\}}{{1,2}}"
    r"|违法和?不良信息举报.{0,60}|分享(?:到|至)?(?:微信|微博|朋友圈)?(?:朋友圈)?"
    rf"|\((?:additional )?{_TASKS} by (?:(?:{_OF_NAMES})[,;:.]?(?:\s{{1,3}}|(?=\)))){{1,60}}+\)\.?"
    r"|(?:【(?:我要)?[纠糾][错錯]】\s{0,3})?[（(【]?(?:责任编辑|責任編輯|责编|責編)[:：/][^\[\]，。！？]{1,30}"
    r"|[（(【]?(?:编辑|編輯)[:：/](?:[\s、/|·]{0,3}(?:[a-z]{1,20}|[^\W\d_]{1,5})(?![^\W\d_])){1,6}[）)】]?"
    r"|[（(]?(?:本文)?原(?:标题|標題)[:：][^\[\]]{1,150}"
    r"|[（(]原(?:标题|標題|题|題)[:：为][^\[\]]{1,150}[）)]",
    re.I,
)
_COUNTS_OR_DATES = later(
    r"[0-9]{1,3} (?:results|sources|searches|steps)|[0-9]{1,4}[/.-][0-9]|.(?:icp|公网)", re.I
)
"""How those begin that begin with a figure: most lines with one are items or headings."""
_LEADERS = later(
    r"\S(?:(?:\s?\.){5,200}+|\s?…[….]{2,200}+)\s{0,40}(?:[0-9]{1,4}|[ivxlc]{1,6})\s*\Z"
)
"""How a line of a table of contents ends: "Introduction . . . . . . . 2"."""
_TO_PLACE = later(
    r"\s{0,16}(?:[-*+•]|[0-9]{1,3}[.)])\s{1,8}[*_]{0,3}\[[^\[\]\n]{0,160}[^\W\d_]{2}[^\[\]\n]{0,160}\]"
    r"\(#[^()\s]{1,300}\)[*_]{0,3}\s*\Z"
)
"""An item that is nothing but a link to a place of the text: "- [Dams](#dams)"."""
_ARROW = r"[←↑↩↰↵⇑⇧⏎⏫▲△☝⤴⬅⬆🔙🔝]\ufe0f?"
_BACK_TO = (
    r"(?i:(?:go |jump )?back to|return to|zurück zu[mr]?|nach oben|retour (?:à|au|en)|volver al?"
    r"|voltar ao?|terug naar|torna a|вернуться|наверх|返回|回到)"
)
_WAY_BACK = later(
    r"\s{0,3}[*_]{0,3}(?=[^\n]{0,40}[^\W\d_]{2})"
    rf"(?:{_ARROW}\s?\[[^\[\]\n]{{1,80}}\]|\[(?:{_ARROW}|{_BACK_TO})[^\[\]\n]{{0,80}}\])"
    r"\((?:#|(?P<site>\.{0,2}/(?!/)))[^()\s]{0,300}\)[*_]{0,3}\s*\Z"
)
"""A line that only leads back: "[⬆ Back to top](#gates)", "[← Back to the blog](/blog)"."""
_LONGEST_WAY = 7
"""Words of a line that leads back to another page: a headline has more."""
_LEADS_AWAY = ("](#", "](/", "](.")
"""How the address of a place of the same site begins."""
_PICTURE = later(r"!\[([^\[\]\n]{2,500})\]\([^()\s]{1,900}\)\s*\Z")
_BEGINNINGS = frozenset(
    "thou|reas|work|sear|brow|read|fini|show|hide|thin|rese|expo|open|in g|you |conv|assi|chat|clau"
    "|gemi|copi|bing|grok|perp|deep|leo |kimi|le c|meta|qwen|ai c|ai m|ai r|ai a|ai-g|ask |shar"
    "|answ|view|powe|link|try |user|assi|crea|upda|clic|down|copy|all |alle|tous|todo|subs|sign"
    "|foll|comm|phot|imag"
    "|tutt|pmc |this|note|save|(sav|see |(rep|(add|(wri|(edi|(com|(责任|(原标题|(原题为".split("|")
)
"""How most of them begin: most lines begin otherwise."""
_SIGNS = (
    "{（【责責编編原已本搜©分违互信增广网公"
    "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
)
"""The same of one letter: the last are those of provinces, under which sites are kept."""
_LOOK_ABOVE = 12
"""Lines in which a remark stands with its rule."""
_LONGEST, _OPENING = 400, 16
"""Characters of such a line, of which a notice of rights has most; and those in which its first
word is looked for, behind signs of emphasis, a bullet and a bracket."""


def may_be_interface(line: str) -> bool:
    """Whether a line begins as such lines do, linked or not: most begin otherwise."""
    bare = line[:_OPENING].lstrip(" \t*_#>[\\")
    known = bare[:4].lower() in _BEGINNINGS or bare[:1].isdecimal() or bare[:1] in _SIGNS
    return known or "©" in bare  # "The Daily © 2026"


def is_interface(line: str) -> bool:
    """Whether a line, without its marks of stress, is nothing but such words."""
    if len(line) > _LONGEST or not may_be_interface(line):
        return False
    bare = line.strip(" \t*_#>")
    if bare[:1].isdecimal() and not _COUNTS_OR_DATES.match(bare):
        return False
    return _INTERFACE.fullmatch(bare.replace("**", "")) is not None


def is_of_contents(line: str) -> bool:
    """Whether a line is of a table of contents, or only leads back into the text."""
    leads = "](" in line and any(begin in line for begin in _LEADS_AWAY)
    if leads and (_TO_PLACE.match(line) or _leads_back(line)):
        return True
    if not line.rstrip()[-1:].isalnum():
        return False
    dotted = ". . . ." in line or "....." in line or "……" in line
    return dotted and _LEADERS.search(line) is not None


def _leads_back(line: str) -> bool:
    """Whether a line only leads back, if to another page of the site in few words."""
    found = _WAY_BACK.match(line)
    return found is not None and (not found["site"] or len(line.split()) <= _LONGEST_WAY)


def captions(lines: Sequence[str]) -> frozenset[int]:
    """The lines that say once more what a picture right above them is called, as copies have it."""
    pictures = (n for n, line in enumerate(lines) if line.startswith("!["))
    said: list[int] = []
    for number in pictures:
        picture = _PICTURE.match(lines[number])
        below = next((n for n in (number + 1, number + 2) if "".join(lines[n : n + 1]).strip()), 0)
        if picture and below and lines[below].strip(" *_") == picture[1].strip():
            said.append(below)
    return frozenset(said)


def above_report(lines: Sequence[str], taken: frozenset[int]) -> int | None:
    """The line that a rule sets apart from the only title below it, and that cites nothing.

    An assistant says so what it did. None where there is no such line, or no reference list, whose
    lines are `taken`.
    """
    said = [n for n, line in enumerate(lines[:_LOOK_ABOVE]) if line.strip()][:3]
    if not taken or len(said) < 3 or not lines[said[2]].startswith("# "):
        return None
    titles = sum(line.startswith("# ") for line in lines)
    apart = titles == 1 and classify(lines[said[1]]) is NO_PROSE and _says_on(lines[said[0]])
    return said[0] if apart else None


def _says_on(line: str) -> bool:
    """Whether a line is a sentence of prose that has no marker and no address."""
    found = classify(line)
    said = found.role == "paragraph" and is_closed(found.text)
    return said and "[" not in line and "://" not in line
