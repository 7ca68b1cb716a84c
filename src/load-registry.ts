import { text } from './kernel/text.ts';
import { defaultLocations } from './plugin-host/discover.ts';
import { formatFaults } from './plugin-host/faults.ts';
import { loadPlugins } from './plugin-host/load-plugins.ts';
import type { Registry } from './plugin-host/registry.ts';
import { StartError } from './start-error.ts';

/**
 * All plugins of this installation, composed; `checked`: the files of those whose check can be left out; `withoutPackages`:
 * none is known to be installed. Throws a StartError with every fault of every plugin.
 */
export async function loadRegistry(checked?: readonly string[], withoutPackages = false): Promise<Registry> {
  const locations = defaultLocations();
  const loaded = await loadPlugins(withoutPackages ? { ...locations, packagesRoot: null } : locations, checked);
  if (!loaded.ok) throw new StartError([text(formatFaults(loaded.faults, 'zh'), formatFaults(loaded.faults, 'en'))]);
  return loaded.registry;
}
