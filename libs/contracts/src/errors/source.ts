import type { CatalogueEntry } from './entry';

/** What shall be filmed: repositories, archives, folders. */
export const SOURCE_ERRORS = {
  archive_bomb: {
    message: '<file> took too long or too much memory to unpack.',
    remedy: 'Leave out the large generated files and pack the folder again.',
    status: 400,
  },
  archive_empty: { message: '"<file>" is empty.', remedy: 'Make the archive again.', status: 400 },
  archive_encrypted: {
    message: '<file> is encrypted.',
    remedy: 'Pack the folder again without a password.',
    status: 400,
  },
  archive_link: {
    message: 'The archive contains "<name>", a link that is not followed.',
    remedy:
      'Pack the folder again without links that lead out of it (tar --dereference stores the files instead).',
    status: 400,
  },
  archive_missing: {
    message: 'The upload has no file `archive`.',
    remedy: 'Send multipart/form-data with the fields `project` (JSON) and `archive` (the file).',
    status: 400,
  },
  archive_not_given: { message: 'The caller has no way to read uploads.', remedy: 'Pass openArchive.' },
  archive_special_file: {
    message: 'The archive contains "<name>", a special file.',
    remedy: 'Pack the folder again without devices, sockets and pipes.',
    status: 400,
  },
  archive_too_large: {
    message: '"<file>" is larger than <size>.',
    remedy: 'Leave out node_modules, build results and media, or give a Git address instead.',
    status: [413, 400],
  },
  archive_type_unsupported: {
    message: 'The file is <type>, which is not taken.',
    remedy: 'Upload a zip, tar or tar.gz file of the folder to film.',
    status: 415,
  },
  archive_unreadable: {
    message: '<file> cannot be read: <why>.',
    remedy: 'Use a zip, tar or tar.gz file and check that it opens on your machine.',
    status: 400,
  },
  archive_unsafe_path: {
    message: 'The archive contains "<name>", which leads out of its folder.',
    remedy: 'Pack the folder again with paths relative to it.',
    status: 400,
  },
  bad_branch: {
    message: 'Only a Git repository has branches.',
    remedy: 'Leave --branch out, or give the URL of the repository.',
    status: 400,
  },
  bad_prompt: {
    message: 'That is not a prompt of which an app can be made.',
    remedy:
      'Give --prompt up to 4000 characters that say what the app shall do, and --kind webapp, api or script.',
    status: 400,
  },
  bad_subdir: {
    message: '"<folder>" is not a folder within the source.',
    remedy: 'Give a path relative to the root of the source, such as packages/web.',
    status: 400,
  },
  folder_empty: {
    message: '"<folder>" has no files.',
    remedy: 'Name the folder that holds the app.',
    status: 400,
  },
  folder_unreadable: {
    message: '"<folder>" cannot be read.',
    remedy: 'Check that you may read every file of the folder, and that nothing changes it meanwhile.',
    status: 400,
  },
  git_failed: {
    message: 'git failed: <reason>',
    remedy: 'Look at the state of the repository, and try again.',
    status: 409,
  },
  git_ref_invalid: {
    message: '"<ref>" cannot name a branch, tag or commit.',
    remedy: 'Give the name as the repository shows it, for example main.',
    status: 400,
  },
  git_ref_not_found: {
    message: 'The repository has no branch, tag or commit "<ref>".',
    remedy: 'Clone it with that branch or commit, or with a greater depth.',
    status: 404,
  },
  multipart_invalid: {
    message: 'The multipart body is broken or ended early.',
    remedy: 'Send multipart/form-data with the fields `project` (JSON) and `archive` (the file).',
    status: 400,
  },
  multipart_part_unexpected: {
    message: 'The upload has an unexpected part "<name>".',
    remedy: 'Send multipart/form-data with the fields `project` (JSON) and `archive` (the file).',
    status: 400,
  },
  no_source: {
    message: 'There is nothing to film.',
    remedy: 'Give a Git URL, a folder or an archive, or --plan-id with a plan of an earlier run.',
    status: 400,
  },
  not_an_archive: {
    message: 'The file is not an archive.',
    remedy: 'Upload a zip, tar or tar.gz file of the folder to film.',
    status: 415,
  },
  package_unavailable: {
    message: 'The registry has no <package>.',
    remedy: 'Check the address, or keep a copy of the file in the app.',
    status: 502,
    retryable: 'depends',
  },
  plan_has_source: {
    message: 'A plan is filmed on the source that it was made for.',
    remedy: 'Leave the source, --branch and --subdir out, or leave --plan-id out.',
    status: 400,
  },
  repository_config_invalid: {
    message: '<file> cannot be used: <why>.',
    remedy: 'Mend the file; docs/build-detection.md says what it may hold.',
    status: 400,
  },
  source_ambiguous: {
    message: 'More than one thing to film is given.',
    remedy: 'Give a source, --template or --prompt, and only one of them.',
    status: 400,
  },
  source_auth_required: {
    message: '<url> does not exist or is private: it asks for a sign-in.',
    remedy: 'Check the address; for a private repository give a token or an SSH key that may read it.',
    status: 400,
  },
  source_branch_invalid: {
    message: '"<branch>" cannot be the name of a branch or tag.',
    remedy: 'Give the name as the repository shows it, for example main.',
    status: 400,
  },
  source_branch_not_found: {
    message: '<url> has no branch or tag "<ref>".',
    remedy: 'Leave the branch out for the default one, or check its name.',
    status: 400,
  },
  source_commit_not_found: {
    message: '<url> has no commit <commit>.',
    remedy: 'Give a commit that was pushed, in full, or leave it out.',
    status: 400,
  },
  source_credentials_in_url: {
    message: 'The address of the repository contains a user name or password.',
    remedy: 'Leave them out of the address: they would be stored with the project.',
    status: 400,
  },
  source_empty: {
    message: 'The source contains no files.',
    remedy: 'Check the branch, or pack the folder again.',
    status: 400,
  },
  source_gone: {
    message: 'The archive "<file name>" that was filmed is not here.',
    remedy: 'Give its source: showrunner replay history.json --source <folder or archive>.',
    status: 422,
  },
  source_host_key_changed: {
    message: 'Who answers for <url> is not who is expected: it shows the key <fingerprint>.',
    remedy: 'Ask who runs the host. Give another key (source.hostKeys) only when the host publishes it.',
    status: 400,
  },
  source_host_key_unknown: {
    message: 'Who answers for <url> is not known: it shows the key <fingerprint>.',
    remedy: 'Compare it with what the host publishes; if it is the same, give it (source.hostKeys).',
    status: 400,
  },
  source_host_not_allowed: {
    message: 'Repositories cannot be fetched from "<host>": it is not a public host.',
    remedy:
      'Use a public host, or have the operator set SOURCE_ALLOWED_HOSTS where the services and workers start.',
    status: 400,
  },
  source_missing: {
    message: 'There is no file or folder "<argument>".',
    remedy: 'Check the path, or give a Git URL that begins with https://.',
    status: 400,
  },
  source_not_allowed: {
    message: 'Over the network only repositories are filmed.',
    remedy:
      'Give the https:// address of a Git repository, or run `showrunner mcp` on the machine with the folder.',
    status: 400,
  },
  source_not_found: {
    message: 'There is no Git repository at <url>.',
    remedy: 'Check the address: it is the one that `git clone` takes.',
    status: 400,
  },
  source_not_needed: {
    message: 'A run that is here has its source.',
    remedy: 'Leave out --source, or give a history.json.',
    status: 400,
  },
  source_not_stored: {
    message: 'The sandbox could not store the source: <reason>',
    remedy: 'Build the project again; if it repeats, ask for a larger disk.',
    retryable: true,
  },
  source_scheme_not_allowed: {
    message: 'Repositories of "<address>" are not fetched.',
    remedy:
      'Give the https:// address of the repository, or an SSH address with a key; a folder is packed by the command line, or uploaded as an archive.',
    status: 400,
  },
  source_ssh_key_invalid: {
    message: 'The SSH key cannot be used: <why>.',
    remedy: 'Give a private key without passphrase as ssh-keygen writes it, best of the type ed25519.',
    status: 422,
  },
  source_ssh_key_unfit: {
    message: 'An SSH key opens an SSH address, and a token an https:// address.',
    remedy: 'Give the address as the key or token needs it, and only one of both.',
    status: 422,
  },
  source_ssh_missing: {
    message: 'The sandbox has no ssh to fetch the repository with.',
    remedy: 'Give the https:// address with a token, or have the operator install openssh-client.',
  },
  source_token_in_the_clear: {
    message: 'A token is not sent over http://: everybody on the way could read it.',
    remedy: 'Give the https:// address of the repository.',
    status: 422,
  },
  source_too_large: {
    message: '<url> does not fit on the disk of the sandbox.',
    remedy: 'Ask for a larger disk or more memory, or upload an archive of the part that is needed.',
    status: 400,
  },
  source_too_slow: {
    message: 'Fetching <url> took longer than <seconds> s.',
    remedy: 'Try again later, or upload an archive of the part that is needed.',
  },
  source_unreachable: {
    message: '<url> cannot be reached: <why>.',
    remedy: 'Check the address and that its host is up, then try again.',
    status: 502,
  },
  source_unreadable: {
    message: 'The files of the source could not be read: <reason>',
    remedy: 'Build the project again.',
    retryable: true,
  },
  source_url_invalid: {
    message: '"<address>" is not the address of a repository: <why>.',
    remedy: 'Give the https:// address of the repository.',
    status: 400,
  },
  subdir_invalid: {
    message: '"<folder>" is not a folder inside the source.',
    remedy: 'Give a folder relative to the root of the source, without "..", for example apps/web.',
    status: 400,
  },
  subdir_not_found: {
    message: 'The source has no folder "<subdir>".',
    remedy: 'Choose one that exists, relative to the root of the source, or leave --subdir out.',
    status: 400,
  },
  template_not_found: {
    message: 'There is no template "<name>".',
    remedy: 'Choose one of those that GET /api/templates lists.',
    status: 422,
  },
  unknown_archive: {
    message: '"<file>" is neither a folder nor an archive.',
    remedy: 'Archives are .zip, .tar and .tar.gz (.tgz).',
    status: 400,
  },
  unsafe_source: {
    message: '"<argument>" is not a source.',
    remedy: 'Name a Git URL (https://…), a folder or an archive.',
    status: 400,
  },
  unsupported_scheme: {
    message: 'Sources of the kind "<scheme>" are not fetched.',
    remedy: 'Use the https:// address of the repository, or film a local folder or archive.',
    status: 400,
  },
} as const satisfies Record<string, CatalogueEntry>;
