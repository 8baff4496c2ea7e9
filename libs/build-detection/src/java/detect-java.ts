import { SYSTEM_PATH, TOOLS_FOLDER, because, type Draft, type Runtimes } from '../draft';
import { copyEnvironment } from '../environment-file';
import { firstOf, hasFile, type FileListing } from '../listing';
import { portNamedBy, usualPort, validPort } from '../ports';
import { chooseJava } from './java-version';

const SPRING_BOOT = /org\.springframework\.boot/;
const SERVES =
  /spring-boot-starter-(?:web|webmvc|webflux|thymeleaf|jersey|graphql|data-rest|freemarker|mustache|actuator)\b/;
const LEVELS = [
  /<java\.version>\s{0,8}(?:1\.)?(\d{1,2})\s{0,8}</,
  /<maven\.compiler\.(?:release|source)>\s{0,8}(?:1\.)?(\d{1,2})\s{0,8}</,
  /<(?:release|source)>\s{0,8}(?:1\.)?(\d{1,2})\s{0,8}</,
  /JavaLanguageVersion\.of\((\d{1,2})\)/,
  /sourceCompatibility\s{0,4}=\s{0,4}(?:JavaVersion\.VERSION_|['"])?(?:1[._])?(\d{1,2})/,
];
const SETTINGS = `${TOOLS_FOLDER}/maven-settings.xml`;
const PROPERTIES = [
  'src/main/resources/application.properties',
  'src/main/resources/application.yml',
  'src/main/resources/application.yaml',
];

/** Checks of style and licences fail on files that are not the author's, such as our own, and make nothing that runs. */
const NO_CHECKS = [
  'checkstyle',
  'spotless.check',
  'spring-javaformat',
  'pmd',
  'cpd',
  'spotbugs',
  'rat',
  'license',
  'jacoco',
]
  .map((one) => `-D${one}.skip`)
  .join(' ');

/** Maven asks for its proxy in a file only; the way out of the sandbox stands in a variable. */
const WRITE_SETTINGS = [
  `mkdir -p ${TOOLS_FOLDER}`,
  'proxy="${HTTPS_PROXY#*://}"',
  'proxy="${proxy%/}"',
  `printf '<settings><proxies><proxy><id>way-out</id><active>true</active><protocol>http</protocol><host>%s</host><port>%s</port></proxy></proxies></settings>' "\${proxy%%:*}" "\${proxy##*:}" > ${SETTINGS}`,
].join(' && ');

/** Plan for a Spring Boot app that Maven or the Gradle wrapper builds; undefined for any other. */
export function detectJava(listing: FileListing, runtimes: Runtimes): Draft | undefined {
  if (runtimes.systems !== true) return undefined;
  const file = firstOf(listing, ['pom.xml', 'build.gradle', 'build.gradle.kts']);
  const text = (file === undefined ? undefined : listing.read(file)) ?? '';
  const isMaven = file === 'pom.xml';
  if (file === undefined || !SPRING_BOOT.test(text) || !SERVES.test(text)) return undefined;
  if (!isMaven && !hasFile(listing, 'gradlew')) return undefined;
  const level = LEVELS.flatMap((pattern) => pattern.exec(text)?.[1] ?? [])[0];
  const java = chooseJava(listing, level, runtimes);
  const settings = PROPERTIES.map((path) => listing.read(path) ?? '').join('\n');
  const named = validPort(
    /^\s{0,8}server\.port\s{0,4}[=:]\s{0,4}(?:\$\{\w+:)?(\d{2,5})/m.exec(settings)?.[1] ??
      /^server:\s{0,4}\n(?:[ \t]+[^\n]*\n){0,20}?[ \t]+port:\s{0,4}(?:\$\{\w+:)?(\d{2,5})/m.exec(
        settings,
      )?.[1],
  );
  const environment = copyEnvironment(listing);
  const jars = isMaven ? 'target' : 'build/libs';
  const version = isMaven
    ? /<artifactId>spring-boot-starter-parent<\/artifactId>\s{0,40}<version>([\w.-]{1,40})</.exec(text)?.[1]
    : /org\.springframework\.boot['"]\)?\s{1,8}version\s{1,8}['"]([\w.-]{1,40})/.exec(text)?.[1];
  const packages = [...(java.system?.packages ?? []), ...(isMaven ? ['maven'] : [])];
  return {
    framework: 'spring-boot',
    frameworkVersion: version ?? null,
    runtime: 'java',
    refusal: java.refusal,
    toolchain: { name: 'java', version: java.version, from: 'debian' },
    ...(java.system === undefined ? {} : { system: { ...java.system, packages } }),
    packageManager: isMaven ? 'maven' : 'gradle',
    install: isMaven
      ? `${WRITE_SETTINGS} && mvn -B -ntp -s ${SETTINGS} -Dmaven.repo.local=${TOOLS_FOLDER}/m2 ${NO_CHECKS} -DskipTests package`
      : `sh gradlew --no-daemon --console=plain bootJar`,
    setup: environment.setup,
    start: `exec java -XX:MaxRAMPercentage=60 -jar "$(ls ${jars}/*.jar | grep -Ev -- '-(plain|sources|javadoc|tests)\\.jar$' | head -n 1)"`,
    port: named ?? 8080,
    env: {
      PATH: SYSTEM_PATH,
      GRADLE_USER_HOME: `${TOOLS_FOLDER}/gradle`,
      SERVER_PORT: String(named ?? 8080),
    },
    installHosts: ['repo.maven.apache.org', 'repo1.maven.org'],
    reasons: [
      because('framework', `${file} makes it a Spring Boot app.`),
      because(
        'manager',
        isMaven
          ? 'Maven of Debian builds it with packages of Maven Central; its tests and checks of style are left out.'
          : 'Its Gradle wrapper builds it.',
      ),
      ...(isMaven
        ? []
        : [
            because(
              'unmet',
              'The wrapper fetches Gradle from services.gradle.org, which only the operator can allow.',
            ),
          ]),
      because('start', `The jar that was built in ${jars} starts it.`),
      named === undefined ? usualPort(8080, 'Spring Boot') : portNamedBy(named, 'Its application settings'),
      ...environment.reasons,
      ...(java.refusal === undefined ? [because('version', java.reason)] : []),
    ],
    hasOwnDatabase: /\b(?:h2|hsqldb|derby)\b/.test(text) && !/jdbc:(?!h2|hsqldb|derby)\w/.test(settings),
    confidence: listing.files.some((one) => /^src\/main\/resources\/(static|templates|public)\//.test(one))
      ? 3
      : 2,
  };
}
