#pragma once
// Waiting, in a coroutine, for an answer that another thread gives.
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <memory>
#include <optional>

namespace aidledger::http {

namespace asio = boost::asio;

// Everything here runs on io_contexts: executors of that type spare the calls that any_io_executor would cost.
using Executor = asio::io_context::executor_type;
template <class T>
using Awaitable = asio::awaitable<T, Executor>;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Executor>;
using Timer =
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;

inline constexpr asio::use_awaitable_t<Executor> awaiting;
/// Awaits, and gives the error as a value.
inline constexpr auto quietly = asio::as_tuple(awaiting);

/// What goes on once the answer is there. The guard keeps the thread running while nothing else is awaited; both are
/// given up with the answer, however long somebody keeps the function that gave it.
template <class Handler, class Guard>
struct Resumption {
  std::optional<Handler> handler;
  std::optional<Guard> guard;
};

/// `begin` gets a function to call once, on any thread; the coroutine goes on with its value on `executor`.
template <class T>
Awaitable<T> answer_of(Executor executor, std::function<void(std::function<void(T)>)> begin) {
  return asio::async_initiate<const asio::use_awaitable_t<Executor>&, void(T)>(
      [executor, begin = std::move(begin)](auto handler) {
        using Handler = decltype(handler);
        using Guard = decltype(asio::make_work_guard(executor));
        const auto waiting = std::make_shared<Resumption<Handler, Guard>>();
        waiting->handler.emplace(std::move(handler));
        waiting->guard.emplace(asio::make_work_guard(executor));
        begin([executor, waiting](T value) {
          Resumption<Handler, Guard> now = std::move(*waiting);
          waiting->handler.reset(), waiting->guard.reset();
          asio::post(executor, [resume = std::move(*now.handler), value = std::move(value)]() mutable {
            std::move(resume)(std::move(value));
          });
        });
      },
      awaiting);
}

}  // namespace aidledger::http
