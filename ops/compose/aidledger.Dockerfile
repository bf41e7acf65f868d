# aidledger as a newcomer builds it. Large, because it keeps what the build needs: no package is listed a second time.
FROM debian:12
WORKDIR /aidledger
COPY ops/install ops/install
RUN ops/install --yes
COPY . .
RUN ops/build && useradd --system aidledger && install -d -o aidledger -m 0700 /var/lib/aidledger/data /var/lib/aidledger/vault
USER aidledger
ENTRYPOINT ["build/release/aidledger"]
CMD ["serve"]
