import { Monitor, Moon, Sun } from 'lucide-react';
import { IconButton } from '../ui/IconButton.tsx';
import { Menu, MenuChoices } from '../ui/Menu.tsx';
import { say } from '../words/say.ts';
import { useTheme } from './useTheme.ts';

const ICONS = { system: Monitor, light: Sun, dark: Moon } as const;

/** System, light or dark; stored with the settings. */
export function ThemeMenu() {
  const { choice, choose } = useTheme();
  const Icon = ICONS[choice];
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label={say('theme.menu')} icon={<Icon aria-hidden="true" />} disabled={choose === null} />
      }
    >
      <MenuChoices
        label={say('theme.menu')}
        value={choice}
        onChange={(next) => choose?.(next)}
        choices={[
          { value: 'system', label: say('theme.system'), icon: <Monitor aria-hidden="true" /> },
          { value: 'light', label: say('theme.light'), icon: <Sun aria-hidden="true" /> },
          { value: 'dark', label: say('theme.dark'), icon: <Moon aria-hidden="true" /> },
        ]}
      />
    </Menu>
  );
}
