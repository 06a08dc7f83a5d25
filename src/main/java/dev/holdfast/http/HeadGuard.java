package dev.holdfast.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Cuts a connection of HTTP/1 whose next request does not show its whole head in time, and has
 * heads refused that could be read in two ways. A connection over which single bytes trickle is
 * never idle, so nothing else would cut it.
 *
 * <p>One part stands before the decoder and sees bytes, one behind it and sees what they came to.
 */
final class HeadGuard {
  private final int seconds;
  private final LengthLookAlikes lookAlikes = new LengthLookAlikes();
  private boolean betweenRequests = true;
  private Future<?> timer;

  private HeadGuard(int seconds) {
    this.seconds = seconds;
  }

  /** Does nothing on a connection of HTTP/2, whose frames have limits of their own. */
  static void install(ChannelPipeline pipeline, int seconds) {
    ChannelHandlerContext decoder = pipeline.context(HttpRequestDecoder.class);
    if (decoder != null) {
      HeadGuard deadline = new HeadGuard(seconds);
      pipeline.addBefore(decoder.name(), "bytes-of-heads", deadline.new Bytes());
      pipeline.addAfter(decoder.name(), "whole-heads", deadline.new Heads());
    }
  }

  private void stop() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private final class Bytes extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
      if (betweenRequests && timer == null) {
        timer = context.executor().schedule(() -> context.close(), seconds, TimeUnit.SECONDS);
      }
      if (bytes instanceof ByteBuf buffer) {
        buffer.forEachByte(lookAlikes);
      }
      context.fireChannelRead(bytes);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      stop();
      context.fireChannelInactive();
    }
  }

  private final class Heads extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object part) {
      if (part instanceof HttpRequest request) {
        stop();
        betweenRequests = false;
        refuse(request);
      }
      if (part instanceof LastHttpContent) {
        betweenRequests = true;
      }
      context.fireChannelRead(part);
    }

    /** What Vert.x takes, or answers without a problem, and no client of ours sends. */
    private void refuse(HttpRequest request) {
      HttpVersion version = request.protocolVersion();
      boolean known = version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0);
      if (!known || request.headers().contains("") || lookAlikes.areIn(request)) {
        request.setDecoderResult(
            DecoderResult.failure(new IllegalArgumentException("not a request to answer")));
      }
    }
  }
}
