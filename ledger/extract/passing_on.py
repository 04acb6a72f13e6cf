"""Links by which a reader passes a page on, or manages a newsletter: they prove nothing."""

import re
from collections.abc import Iterable, Iterator

from ledger.document import Mention
from ledger.patterns import later

_ADDRESSES = later(
    r"^(?:https?:)?//(?:[a-z0-9-]{1,20}\.){0,2}(?:(?:twitter|x)\.com/(?:intent|share)|"
    r"facebook\.com/(?:sharer|share\.php|dialog)|linkedin\.com/(?:sharearticle|sharing)|"
    r"reddit\.com/submit|pinterest\.[a-z.]{2,6}/pin/create|whatsapp\.com/send|wa\.me/\?|"
    r"t\.me/share|telegram\.me/share|getpocket\.com/save|news\.ycombinator\.com/submitlink|"
    r"tumblr\.com/(?:share|widgets/share)|bsky\.app/intent|threads\.net/intent)"
    r"|[?&]action=share\b|/subscribe(?:[/?#]|$)"
    r"|/(?:unsubscribe|manage-preferences|email-preferences|view-in-browser)\b",
    re.I,
)
"""Addresses at which a reader passes a page on, or leaves a newsletter."""
_WORDS = later(
    r"unsubscribe(?: here)?|view (?:this (?:e-?mail|post) )?(?:in (?:your |a )?browser|online)|"
    r"read (?:it |this )?(?:online|in (?:your |a )?browser)|"
    r"(?:manage|update)(?: your)? preferences|forward to a friend|abbestellen|"
    r"subscribe(?: now| here| for free)?|leave a comment|upgrade to paid|give a gift subscription|"
    r"share(?: (?:this|it)(?: (?:post|article|story))?)?|teilen|partager|compartir|compartilhar"
    r"|condividi|поделиться|分享|シェア(?:する)?|공유(?:하기)?|restack|tweet|copy link|donate"
    r"|follow(?: us| me)?|log ?in|sign in|"
    r"download (?:references|citations?|as ris|\.?ris|bibtex)|export citations?|get citation|"
    r"refer a friend|sign up(?: here| now| for free)?|read in app|start writing|"
    r"im browser (?:ansehen|öffnen)|se désabonner|se désinscrire|"
    r"darse de baja|cancelar suscripción|отписаться|відписатися|退订|取消订阅",
    re.I,
)
_PROFILES = later(
    r"^(?:https?:)?//(?:[a-z-]{1,12}\.){0,1}(?:facebook|instagram|twitter|x|youtube|tiktok|t|telegram"
    r"|threads|linkedin|medium|pinterest|bsky|vk|ok|weibo|mastodon)\.[a-z]{2,7}/"
    r"(?:(?:company|channel|c|user|in|profile|pages)/)?"
    r"(?!(?:permalink|story|photo|video|watch|posts?|playlist|shorts|live|reel|status)\b)@?[^/?#]{1,80}/?(?:[?#]|$)",
    re.I,
)
_PLATFORM = later(
    r"(?:our |the )?(?:facebook|instagram|twitter|x|youtube|tiktok|telegram|threads|linkedin|medium"
    r"|pinterest|bluesky|vkontakte|вконтакте|одноклассники|телеграм|weibo|微博|mastodon)"
    r"(?:[- ](?:page|channel|profile|account|kanal|канал\w?|seite))?",
    re.I,
)
"""A profile whose link has no words but the name of where it is: "Follow us on [X](…)"."""
_LONGEST_WORDS = 60
"""Characters from the beginning of a line to an address that they are the words of; chosen, as such
a phrase has fewer."""


def passes_on(url: str, words: str) -> bool:
    """Whether a link shares a page, follows a profile or manages a newsletter, as it says."""
    bare = words.strip()
    if _PLATFORM.fullmatch(bare) and _PROFILES.search(url):
        return True
    return bool(_ADDRESSES.search(url) or _WORDS.fullmatch(bare))


def without_passing_on(mentions: Iterable[Mention], text: str) -> Iterator[Mention]:
    """The mentions of a text; the form of a link that passes a page on becomes "navigation"."""
    for mention in mentions:
        link = mention.form == "link" and not mention.labels
        if link and mention.url and passes_on(mention.url, _words(mention, text)):
            mention = mention._replace(form="navigation")
        yield mention


def _words(mention: Mention, text: str) -> str:
    """The words of a link; of an address alone those before it: "Unsubscribe (https://…)"."""
    if not mention.anchor or mention.raw == mention.url:
        end = mention.at - mention.anchor
        begin = text.rfind("\n", max(0, end - _LONGEST_WORDS), end) + 1
        return text[begin:end].rstrip(" :(") if begin or end <= _LONGEST_WORDS else ""
    return text[mention.at - mention.anchor : mention.at]
