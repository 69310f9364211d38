package io.siyu.mall.platform.idempotency;

import com.google.protobuf.Message;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.Function;

/**
 * What a repeat of a request must meet to get the stored answer. For answers that open something:
 * they are stored for a short while, and are worth nothing once what they open is closed.
 *
 * @param atMost how long the answer is stored; a later repeat is a request like any other
 * @param check of the stored answer at each repeat; when it fails, its failure is the answer
 */
public record Repeats<R extends Message>(Duration atMost, Function<R, Uni<Void>> check) {}
