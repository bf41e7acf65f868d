# Kafka Connect with the sink that ops/check-deep consumers runs: its version stands in one place, that suite's pom.xml.
FROM maven:3.9-eclipse-temurin-17 AS fetch
WORKDIR /fetch
COPY tests/feed/consumers/pom.xml .
RUN mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.6.1:unpack-dependencies -DincludeTypes=tar.gz \
    -DmarkersDirectory=/fetch/markers -DoutputDirectory=/plugins

FROM apache/kafka:3.9.2
COPY --from=fetch /plugins /opt/plugins
