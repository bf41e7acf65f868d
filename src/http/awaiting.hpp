#pragma once
// Waiting, in a coroutine, for an answer that another thread gives.
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <memory>
#include <optional>

namespace aidledger::http {

/// What goes on once the answer is there. The guard keeps the thread running while nothing else is awaited; both are
/// given up with the answer, however long somebody keeps the function that gave it.
template <class Handler, class Guard>
struct Resumption {
  std::optional<Handler> handler;
  std::optional<Guard> guard;
};

/// `begin` gets a function to call once, on any thread; the coroutine goes on with its value on `executor`.
template <class T, class Executor>
boost::asio::awaitable<T> answer_of(Executor executor, std::function<void(std::function<void(T)>)> begin) {
  return boost::asio::async_initiate<const boost::asio::use_awaitable_t<>&, void(T)>(
      [executor, begin = std::move(begin)](auto handler) {
        using Handler = decltype(handler);
        using Guard = decltype(boost::asio::make_work_guard(executor));
        const auto waiting = std::make_shared<Resumption<Handler, Guard>>();
        waiting->handler.emplace(std::move(handler));
        waiting->guard.emplace(boost::asio::make_work_guard(executor));
        begin([executor, waiting](T value) {
          Resumption<Handler, Guard> now = std::move(*waiting);
          waiting->handler.reset(), waiting->guard.reset();
          boost::asio::post(executor, [resume = std::move(*now.handler), value = std::move(value)]() mutable {
            std::move(resume)(std::move(value));
          });
        });
      },
      boost::asio::use_awaitable);
}

}  // namespace aidledger::http
