import { describe, expect, test } from '@jest/globals';
import { detect } from '../detect';
import { listingOf } from '../listing';
import type { Files } from '../testing/shape';

const RUNTIMES = { node: '20.20.2', python: '3.11.2', go: null, systems: true };
const pom = (properties: string): string => `<project><parent><groupId>org.springframework.boot</groupId>
<artifactId>spring-boot-starter-parent</artifactId>
<version>3.5.6</version></parent><properties>${properties}</properties>
<dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies></project>`;
const detected = (files: Files, runtime?: string, systems = true) =>
  detect(listingOf(files), {
    runtimes: { ...RUNTIMES, systems },
    overrides: runtime === undefined ? {} : { runtime },
  });

describe('Spring Boot', () => {
  test.each<[string, Files, string | undefined, string, string]>([
    [
      'a level of its own',
      { 'pom.xml': pom('<java.version>17</java.version>') },
      undefined,
      '17',
      'bookworm',
    ],
    ['a newer level', { 'pom.xml': pom('<java.version>21</java.version>') }, undefined, '21', 'trixie'],
    [
      'the newest level',
      { 'pom.xml': pom('<maven.compiler.release>25</maven.compiler.release>') },
      undefined,
      '25',
      'trixie',
    ],
    ['an old level', { 'pom.xml': pom('<java.version>1.8</java.version>') }, undefined, '11', 'bullseye'],
    ['a level between', { 'pom.xml': pom('<java.version>19</java.version>') }, undefined, '21', 'trixie'],
    [
      'a version file',
      { 'pom.xml': pom('<java.version>17</java.version>'), '.java-version': '21.0.2' },
      undefined,
      '21',
      'trixie',
    ],
    [
      'asdf',
      { 'pom.xml': pom(''), '.tool-versions': 'java temurin-21.0.4+7.0.LTS' },
      undefined,
      '21',
      'trixie',
    ],
    ['asked for', { 'pom.xml': pom('<java.version>17</java.version>') }, 'java@25', '25', 'trixie'],
    ['no level', { 'pom.xml': pom('') }, undefined, '17', 'bookworm'],
  ])('by Maven, %s', async (_name, files, runtime, version, suite) => {
    const found = await detected(files, runtime);
    expect(found).toMatchObject({
      framework: 'spring-boot',
      frameworkVersion: '3.5.6',
      runtime: 'java',
      packageManager: 'maven',
      toolchain: { name: 'java', version, from: 'debian' },
      system: { suite, packages: [`openjdk-${version}-jdk-headless`, 'maven'] },
      port: 8080,
    });
    expect(found.install).toContain('-DskipTests package');
  });

  test.each([
    ['src/main/resources/application.properties', 'spring.application.name=x\nserver.port=9090\n'],
    ['src/main/resources/application.properties', 'server.port = ${PORT:9090}\n'],
    ['src/main/resources/application.yml', 'spring:\n  x: 1\nserver:\n  port: 9090\n'],
  ])('its port is that of %s', async (file, text) => {
    const found = await detected({ 'pom.xml': pom(''), [file]: text });
    expect(found).toMatchObject({ port: 9090, env: { SERVER_PORT: '9090' } });
  });

  test('by its Gradle wrapper', async () => {
    const found = await detected({
      gradlew: '',
      'build.gradle':
        "plugins { id 'org.springframework.boot' version '3.4.1' }\njava { toolchain { languageVersion = JavaLanguageVersion.of(21) } }\ndependencies { implementation 'org.springframework.boot:spring-boot-starter-web' }",
    });
    expect(found).toMatchObject({
      packageManager: 'gradle',
      frameworkVersion: '3.4.1',
      toolchain: { version: '21' },
    });
    expect(found.reasons).toContainEqual({
      what: 'unmet',
      because: expect.stringContaining('services.gradle.org'),
    });
  });

  test.each<[string, Files, string | undefined, boolean, string]>([
    [
      'a line that Debian does not have',
      { 'pom.xml': pom(''), '.java-version': '19' },
      undefined,
      true,
      'runtime_unavailable',
    ],
    [
      'a level above all',
      { 'pom.xml': pom('<java.version>40</java.version>') },
      undefined,
      true,
      'runtime_unavailable',
    ],
    [
      'a pin that is a place',
      { 'pom.xml': pom(''), '.java-version': '/usr/lib/jvm/java' },
      undefined,
      true,
      'runtime_pin_refused',
    ],
    ['no system to be had', { 'pom.xml': pom('') }, undefined, false, 'stack_unsupported'],
    ['a library', { 'pom.xml': '<project/>' }, undefined, true, 'stack_unsupported'],
  ])('ends with a reason: %s', async (_name, files, runtime, systems, code) => {
    await expect(detected(files, runtime, systems)).rejects.toMatchObject({ code });
  });
});
