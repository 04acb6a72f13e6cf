"""What AI services hand out, as data -> Markdown with markers, and its references.

All of it goes through `weave`, which puts markers into a text and keeps their sources.

1. `chats` reads a conversation out of an export: those of ChatGPT and Claude itself, the others in
   `deepseek`, `grok`, `open_webui` and `studio`. `activity` reads what Google hands out.
2. `answer` reads what an API returns. `streams` makes one answer of the events of many, by
   `deltas`; `within` looks for answers inside what others put around them.
3. Where a service says that its citations are. At places of the text: `annotations` (OpenAI),
   `gemini`, `spans` (Cohere, Bedrock), `placed` (each source says its own). In the pieces that make
   the text: `blocks` (Anthropic), `statements`. In marks of its own: `brave`, `librechat`. As
   numbers, with a list of sources beside the text: `beside`, and by it `perplexity`. `metadata`
   has what LangChain puts beside a message.
"""
