const PROXY = 'http://127.0.0.1:3128';
const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt';
const LOCAL = 'localhost,127.0.0.1,::1';

/** What the usual package managers and languages need to find the way out, and to trust the certificates of this host. */
export const PROXY_ENVIRONMENT: Readonly<Record<string, string>> = {
  http_proxy: PROXY,
  https_proxy: PROXY,
  all_proxy: PROXY,
  HTTP_PROXY: PROXY,
  HTTPS_PROXY: PROXY,
  ALL_PROXY: PROXY,
  no_proxy: LOCAL,
  NO_PROXY: LOCAL,
  npm_config_proxy: PROXY,
  npm_config_https_proxy: PROXY,
  npm_config_noproxy: LOCAL,
  NODE_USE_ENV_PROXY: '1',
  NODE_EXTRA_CA_CERTS: CERTIFICATES,
  SSL_CERT_FILE: CERTIFICATES,
  PIP_CERT: CERTIFICATES,
  PIP_DISABLE_PIP_VERSION_CHECK: '1',
  REQUESTS_CA_BUNDLE: CERTIFICATES,
  CURL_CA_BUNDLE: CERTIFICATES,
  GIT_SSL_CAINFO: CERTIFICATES,
};
