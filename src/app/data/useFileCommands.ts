import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { TEMPLATES_PATH } from '../routes.ts';
import { useProblemCommands } from '../start/useProblemCommands.ts';
import { importedState } from '../templates/importedOnly.ts';
import type { FileCommands } from './fileCommands.ts';

/** The commands of the dialogs about files, bound to this page. */
export function useFileCommands(): FileCommands {
  const { copyReport } = useProblemCommands();
  const [, navigate] = useLocation();
  return useMemo(
    () => ({
      copyReport,
      showTemplates: (ids) => navigate(TEMPLATES_PATH, { state: importedState(ids) }),
    }),
    [copyReport, navigate],
  );
}
