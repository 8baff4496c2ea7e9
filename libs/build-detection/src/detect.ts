import type { BuildOverrides, BuildSpec, StoredOverrides } from '@showrunner/contracts';
import { askedContainer, askedDockerfile } from './container/asked-dockerfile';
import { notesOnContainers } from './container/detect-container';
import { companionsOf } from './companions';
import { detectFolder, type Abilities, type FolderFinding } from './detect-folder';
import { checkedDir } from './dir';
import { DEFAULT_RUNTIMES, because, type Draft, type Runtimes } from './draft';
import { listingWithin, orderedListing, type FileListing } from './listing';
import { withMadeUpValues } from './made-up-values';
import { namedPages } from './named-pages';
import { nothingToRun } from './nothing-to-run';
import { completePlan, startGiven } from './overrides';
import { withOtherProcesses, withOwnEnvironment } from './processes/other-processes';
import { pageBeside, pageOfCompose } from './processes/page-beside';
import { readRepositoryConfig } from './repository-config';
import { servicesOf } from './services/detect-services';
import { withServices } from './services/with-services';
import { otherApps } from './sub-folders';

export interface DetectOptions {
  /** Folder of the app below the root of the source; chosen by the user. */
  subdir?: string;
  /** Of variables the names are enough: their values play no part. */
  overrides?: BuildOverrides & StoredOverrides;
  runtimes?: Runtimes;
  /** The sandbox provider builds Dockerfiles; default false. */
  buildsDockerfiles?: boolean;
}

/**
 * How the app in a listing is installed, set up and started. Reads nothing but the listing, whose order means nothing. What the user
 * says wins over `showrunner.yaml`, which wins over what is detected.
 * @throws InvalidInputError `subdir_not_found`, `repository_config_invalid`, `nothing_to_run`, `several_apps`,
 *   `dockerfile_unsupported`, `dockerfile_not_found`, `dockerfile_or_start`, `compose_unsupported`, `stack_unsupported`; each names what to do.
 */
export async function detect(files: FileListing, options: DetectOptions = {}): Promise<BuildSpec> {
  const listing = orderedListing(files);
  const config = readRepositoryConfig(listing);
  const asksFor = askedRuntime(options.overrides?.runtime ?? config.runtime);
  const has = options.runtimes ?? DEFAULT_RUNTIMES;
  const wanted = options.subdir ?? config.dir;
  const dir = checkedDir(listing, wanted);
  const here = listingWithin(listing, dir);
  const overrides = options.overrides ?? {};
  const beside = has.systems === true && has.shared === true ? servicesOf(listing, here, dir) : undefined;
  const kinds = beside?.services.map(({ kind }) => kind) ?? [];
  const abilities: Abilities = {
    runtimes: { ...has, asked: asksFor, onDebian: kinds.length > 0, services: kinds },
    buildsDockerfiles: options.buildsDockerfiles ?? false,
  };
  const asked = askedDockerfile(overrides, config);
  if (asked !== undefined) {
    const chosen = askedContainer(here, asked, abilities.buildsDockerfiles);
    return completePlan(chosen, { dir, others: [] }, { ...config, start: undefined }, overrides, []);
  }
  const start = overrides.start ?? config.start;

  const found = await detectFolder(listing, dir, abilities);
  const { draft } = found;
  const notes = draft?.runtime === 'container' ? [] : notesOnContainers(here);
  const completed = async (finding: FolderFinding & { draft: Draft }): Promise<BuildSpec> => {
    const isFree = wanted === undefined && start === undefined;
    const page = isFree ? await pageBeside(listing, finding, abilities) : undefined;
    const shown =
      page?.draft === undefined ? finding : { ...page, draft: page.draft, others: finding.others };
    const { dir: place, others } = shown;
    const server = shown === finding ? undefined : finding.dir;
    const parts = isFree
      ? await withOtherProcesses(listing, place, shown.draft, abilities, server)
      : { draft: withOwnEnvironment(listing, place, shown.draft), dirs: [] };
    const chosen = withMadeUpValues(listing, place, withServices(parts.draft, beside));
    const unstarted = companionsOf(listing, place, chosen);
    const companions = {
      dirs: unstarted.dirs,
      reasons: unstarted.reasons.filter((_, index) => !parts.dirs.includes(unstarted.dirs[index] ?? '')),
    };
    const pages = [...new Set([...(chosen.pages ?? []), ...namedPages(listing, place)])];
    return completePlan(
      pages.length === 0 ? chosen : { ...chosen, pages },
      { dir: place, others: [...new Set([...others, ...companions.dirs])] },
      config,
      overrides,
      [
        ...companions.reasons,
        ...notes.filter(
          ({ what }) => what !== 'unmet' || (chosen.services === undefined && chosen.processes === undefined),
        ),
        ...leftAside(abilities.runtimes.asked, chosen),
      ],
    );
  };
  if (draft !== undefined && (draft.confidence > 1 || wanted !== undefined || start !== undefined))
    return completed({ ...found, draft });
  if (start !== undefined) {
    return completePlan(startGiven(start), { dir, others: [] }, config, overrides, []);
  }

  const below = await otherApps(listing, dir, abilities);
  const composed = wanted === undefined ? await pageOfCompose(listing, abilities) : undefined;
  // Pages inside a server that a compose file builds are that server's own.
  const isPartOfServer =
    composed?.draft !== undefined &&
    composed.dir !== '' &&
    below.chosen?.draft?.runtime === 'static' &&
    below.chosen.dir.startsWith(`${composed.dir}/`);
  const chosen = isPartOfServer ? undefined : below.chosen;
  if (chosen?.draft !== undefined && (draft === undefined || chosen.draft.confidence > draft.confidence)) {
    const others = below.dirs.filter((one) => one !== chosen.dir);
    const alsoThere =
      others.length === 0 ? '' : ` Others: ${others.slice(0, 6).join(', ')}; choose with --subdir.`;
    const why = because(
      'folder',
      `The root of the source starts nothing itself; ${chosen.dir} does, because ${below.why}.${alsoThere}`,
    );
    return completed({
      ...chosen,
      others,
      draft: { ...chosen.draft, reasons: [why, ...chosen.draft.reasons] },
    });
  }
  if (composed?.draft !== undefined) return completed({ ...composed, draft: composed.draft });
  if (draft !== undefined) return completed({ ...found, draft });
  throw nothingToRun(here, dir, found.refused, below.dirs, abilities.runtimes);
}

/** `node@18` in its two parts, as the schema has checked it. */
function askedRuntime(text: string | undefined): Runtimes['asked'] {
  if (text === undefined) return undefined;
  const at = text.indexOf('@');
  return { language: text.slice(0, at), version: text.slice(at + 1) };
}

function leftAside(asked: Runtimes['asked'], { toolchain, framework }: Draft): Draft['reasons'] {
  if (asked === undefined || toolchain?.name === asked.language) return [];
  return [
    because(
      'ignored',
      `You asked for ${asked.language} ${asked.version}, which plays no part: this is ${framework}.`,
    ),
  ];
}
