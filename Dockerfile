# The sandbox in a container: docker build -t kedge-sandbox . && docker run --rm -p 127.0.0.1:9011:9011 kedge-sandbox
# What follows the image's name is for `kedge sandbox`: --fusionauth 1.60, --data /data. See docs/sandbox.md.

FROM node:24-alpine AS build
WORKDIR /kedge
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY types types
COPY scripts/bundle.mjs scripts/
COPY src src
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:24-alpine
ENV NODE_ENV=production
WORKDIR /kedge
# Only what runs, owned by root: the server can change none of it.
COPY --from=build /kedge/package.json ./
COPY --from=build /kedge/node_modules node_modules
COPY --from=build /kedge/bundle bundle
COPY LICENSE ./
# A volume that is put here for --data belongs to the user below from the start.
RUN mkdir /data && chown node:node /data
USER node
EXPOSE 9011
# Asks the control plane: its calls are not counted and no fault hits them.
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:9011/__sandbox/switches', { signal: AbortSignal.timeout(4000) }).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Wide, since a container has a network of its own: what is published with -p decides who reaches it.
ENTRYPOINT ["node", "bundle/cli/main.js", "sandbox", "--host", "0.0.0.0", "--port", "9011"]
