"""Functions on contexts."""

from engine.domain.feel.functions.registry import Library
from engine.domain.feel.values import FeelValue

contexts = Library()


@contexts.add("get value(m: context, key: string)")
def get_value(context: dict[str, FeelValue], key: str) -> FeelValue:
    return context.get(key)


@contexts.add("get value(m: context, keys: list)")
def get_value_deep(context: dict[str, FeelValue], keys: list[FeelValue]) -> FeelValue:
    value: FeelValue = context
    for key in keys:
        value = value.get(key) if isinstance(value, dict) and isinstance(key, str) else None
    return value if keys else None


@contexts.add("get entries(m: context)")
def get_entries(context: dict[str, FeelValue]) -> FeelValue:
    return [{"key": key, "value": value} for key, value in context.items()]


@contexts.add("context(entries: list)")
def context_of(entries: list[FeelValue]) -> FeelValue:
    """From ``[{key: "a", value: 1}]``; null when an entry has no key or a key comes twice."""
    made: dict[str, FeelValue] = {}
    for entry in entries:
        key = entry.get("key") if isinstance(entry, dict) else None
        if not isinstance(entry, dict) or not isinstance(key, str) or key in made or "value" not in entry:
            return None
        made[key] = entry["value"]
    return made


@contexts.add("context put(context: context, key: string, value: any)")
def context_put(context: dict[str, FeelValue], key: str, value: FeelValue) -> FeelValue:
    return {**context, key: value}


@contexts.add("context put(context: context, keys: list, value: any)")
def context_put_deep(context: dict[str, FeelValue], keys: list[FeelValue], value: FeelValue) -> FeelValue:
    if not keys or not isinstance(keys[0], str):
        return None
    key, rest = keys[0], keys[1:]
    if not rest:
        return {**context, key: value}
    inner = context.get(key)
    changed = context_put_deep(inner if isinstance(inner, dict) else {}, rest, value)
    return None if changed is None else {**context, key: changed}


@contexts.add("context merge(contexts: list)")
def context_merge(several: list[FeelValue]) -> FeelValue:
    merged: dict[str, FeelValue] = {}
    for one in several:
        if not isinstance(one, dict):
            return None
        merged.update(one)
    return merged
