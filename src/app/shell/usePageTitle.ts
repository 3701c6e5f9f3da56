import { useEffect } from 'react';
import { say } from '../words/say.ts';

/** Names the page in the tab. Only pages have names there: a title never carries content (ux 6.2). */
export function usePageTitle(page: string): void {
  useEffect(() => {
    document.title = `${page} · ${say('app.name')}`;
  }, [page]);
}
