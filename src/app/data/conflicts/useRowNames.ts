import { useMemo } from 'react';
import type { ConflictSides } from '../../../../machines/conflicts.types.ts';
import { locate, nameAt, type ParsedText, parse } from '../../../hl7/index.ts';
import type { Json } from '../../../vault/types.ts';
import { useDictionary } from '../../editor/useDictionary.ts';
import { sayData } from '../../words/sayData.ts';

const CONTENT = 'content/';
const MEMBERS = {
  name: 'member.name',
  description: 'member.description',
  messageType: 'member.messageType',
  content: 'member.content',
  tags: 'member.tags',
  variables: 'member.variables',
} as const;

/** What a person calls a place that differs: "PID-5.2 Given Name"; its path where there is no word for it. */
export function useRowNames(pair: ConflictSides | undefined): (path: string) => string {
  const first = useParsed(pair?.first);
  const second = useParsed(pair?.second);
  const dictionary = useDictionary(first);
  return (path) => {
    if (!path.startsWith(CONTENT)) return isMember(path) ? sayData(MEMBERS[path]) : path;
    const place = path.slice(CONTENT.length);
    if (place === 'order') return sayData('member.order');
    for (const parsed of [first, second]) {
      const position = locate(parsed, place);
      const name = position && dictionary && nameAt(dictionary, parsed, position);
      if (name) return `${place} ${name}`;
    }
    return place;
  };
}

function isMember(path: string): path is keyof typeof MEMBERS {
  return Object.hasOwn(MEMBERS, path);
}

function useParsed(data: Json | undefined): ParsedText {
  return useMemo(() => {
    const content = (data as { content?: unknown } | null | undefined)?.content;
    return parse(typeof content === 'string' ? content : '');
  }, [data]);
}
