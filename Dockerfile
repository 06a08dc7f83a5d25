FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /build
COPY pom.xml .
COPY src src
COPY webroot webroot
COPY bench bench
RUN mvn -q -B package -DskipTests -Dspotless.check.skip=true

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 --home-dir /holdfast --create-home holdfast \
 && mkdir /holdfast/data && chown holdfast /holdfast/data
WORKDIR /holdfast
COPY --from=build /build/target/holdfast.jar holdfast.jar
# One start in the build leaves an archive of the classes behind that every later start maps in.
RUN sh -c 'java -XX:ArchiveClassesAtExit=/tmp/holdfast.jsa -jar holdfast.jar serve --port 0 --data /tmp/data > /tmp/out & \
      java=$!; for i in $(seq 120); do grep -q "is ready" /tmp/out && break; sleep 0.5; done; \
      kill -TERM $java; wait $java' ; mv /tmp/holdfast.jsa . && rm -rf /tmp/data /tmp/out
USER holdfast
VOLUME /holdfast/data
EXPOSE 8080
# Anything but loopback needs HOLDFAST_ADMIN_TOKEN; the server says so and ends without it.
ENV HOLDFAST_HTTP_HOST=0.0.0.0
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health/ready HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q 200"]
# Nothing but the data and /tmp is written, so the root can be read-only (docs/deploy/compose.yml).
ENTRYPOINT ["java", "-XX:SharedArchiveFile=/holdfast/holdfast.jsa", "-XX:MaxRAMPercentage=60", "-jar", "holdfast.jar"]
CMD ["serve", "--data", "/holdfast/data"]
