import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { useProblemCommands } from '../start/useProblemCommands.ts';
import type { FileCommands } from './fileCommands.ts';

/** The commands of the dialogs about files, bound to this page. */
export function useFileCommands(): FileCommands {
  const { copyReport } = useProblemCommands();
  const [, navigate] = useLocation();
  return useMemo(() => ({ copyReport, showTemplates: () => navigate('/templates') }), [copyReport, navigate]);
}
